import { MODEL_SCOPES } from './admission.js';
import { ABSENT, type Fact, type Viewer } from './viewer.js';

/** Roles that somebody may hold: none, each, and all at once. */
const ROLES = ['admin', 'analyst', 'auditor', 'moderator', 'operator'];
const ROLE_SETS = [[], ...ROLES.map((role) => [role]), ROLES];
const STANDINGS = ['active', 'ended', 'expired', 'suspended', 'none'];
const SCOPE_SETS = [['*'], [], ...MODEL_SCOPES.map((scope) => [scope]), MODEL_SCOPES, ['nonsense']];

const athlete = { kind: 'athlete', standing: 'active', scopes: ['*'], roles: [] } as const;
const anonymous = { kind: 'anonymous', standing: 'none', scopes: [], roles: [] } as const;
const system = { kind: 'system', standing: 'active', scopes: [], roles: [] } as const;

const OWNS = ['own', 'others', 'nobodys'] as const;

/** Who comes past admission in some action: whose thing it is × which roles, nobody, and the parts of Paceline. */
export const VIEWERS: readonly Viewer[] = [
  ...OWNS.flatMap((owns) => ROLE_SETS.map((roles) => ({ ...athlete, owns, roles }))),
  ...OWNS.flatMap((owns) => [
    { ...anonymous, owns },
    ...['accounts', 'command', 'seed', 'worker', 'cron'].map((name) => ({ ...system, owns, name })),
  ]),
];

/** The viewers whom roles make no different. */
export const PLAIN_VIEWERS: readonly Viewer[] = VIEWERS.filter(
  ({ roles, owns, kind }) => roles.length === 0 && owns !== 'nobodys' && kind !== 'system',
);

/** Every caller that admission tells apart. */
export const CALLERS: readonly Viewer[] = [
  ...VIEWERS,
  ...SCOPE_SETS.flatMap((scopes) =>
    STANDINGS.flatMap((standing) =>
      [[], ROLES].map((roles): Viewer => ({ ...athlete, owns: 'own', standing, scopes, roles })),
    ),
  ),
  { ...athlete, kind: 'robot', owns: 'own' },
  { ...anonymous, owns: 'others', scopes: ['*'], roles: ROLES },
  { ...system, owns: 'own', name: 'cron', scopes: ['*', 'system'], roles: ROLES },
];

type Domain = Readonly<Record<string, readonly Fact[]>>;

const PARTS = /^\w+Visibility$|^hidesStartTime$|^zonesArePending$/;
const OPEN: Readonly<Record<string, readonly Fact[]>> = {
  visibility: ['everyone'],
  isBlocked: [false],
  ownerStanding: ['active'],
  ownerHidesFromSignedOut: [false],
  hidesFromHomeFeed: [false],
  approvesFollowers: [false],
};

/**
 * The domain of an action in pieces whose combinations can be counted. Of an activity: who sees it at all, with its
 * parts shared in four ways alike; and, where it is seen, every combination of its parts.
 */
export function piecesOf(domain: Domain): readonly Domain[] {
  const names = Object.keys(domain);
  const parts = names.filter((name) => PARTS.test(name) && name !== 'clubVisibility');
  if (parts.length === 0) return [domain];
  const whole = Object.fromEntries(
    names.map((name) => [
      name,
      parts.includes(name) ? (domain[name] ?? []).slice(0, 1) : (domain[name] ?? []),
    ]),
  );
  const each = Object.fromEntries(names.map((name) => [name, OPEN[name] ?? domain[name] ?? []]));
  const inside = { ...each, isFollower: [true, false], isClubMate: [true, ABSENT] };
  return [whole, inside];
}
