import type { Viewer } from '../../../policies/model/viewer.js';
import { type Client, client, type TestApi, type TestAthlete } from '../../../support/app.js';
import { holdRole } from '../../../support/graph.js';
import { type Relations, relationsOf } from '../../activities/relations.js';

/** Somebody who asks. */
export interface Player {
  readonly who: string;
  readonly client: Client;
  /** As the model sees them; whose the thing is, the cell says. */
  readonly viewer: Viewer;
  /** The athlete behind it, whose own client may do all that they may. */
  readonly athlete?: TestAthlete;
}

/** Every kind of caller around one athlete. */
export interface Cast {
  readonly owner: TestAthlete;
  readonly players: readonly Player[];
}

export const ROLES = ['admin', 'analyst', 'auditor', 'moderator', 'operator'] as const;
export const NARROW_SCOPES = ['profile:read'];

const somebody: Viewer = { kind: 'athlete', owns: 'others', standing: 'active', scopes: ['*'], roles: [] };
export const NOBODY: Viewer = {
  kind: 'anonymous',
  owns: 'others',
  standing: 'none',
  scopes: [],
  roles: [],
};

/** Makes an athlete and everybody around them, and who has a role, a narrow token or no session any more. */
export async function castOf(api: TestApi): Promise<Cast> {
  const people = await relationsOf(api);
  const { owner, anonymous, suspended, ...related } = people;
  const [narrow, loggedOut, ...staff] = await Promise.all(
    Array.from({ length: 2 + ROLES.length }, () => api.newAthlete()),
  );
  if (!narrow || !loggedOut) throw new Error('nobody was registered');
  await loggedOut.delete('/v1/sessions/current').expect(204);
  const held = await Promise.all(
    ROLES.map(async (role, at) => {
      const athlete = staff[at];
      if (!athlete) throw new Error(`nobody is ${role}`);
      await holdRole(api.app.graph, athlete.athleteId, role);
      return player(role, athlete, { roles: [role] });
    }),
  );
  return {
    owner,
    players: [
      player('owner', owner),
      ...Object.entries(related).map(([who, athlete]) => player(who, athlete)),
      player('suspended', suspended, { standing: 'suspended' }),
      player('logged out', loggedOut, { standing: 'ended' }),
      {
        ...player('narrow', narrow, { scopes: NARROW_SCOPES }),
        client: await narrowed(api, narrow),
      },
      ...held,
      { who: 'signed out', client: anonymous, viewer: NOBODY },
    ],
  };
}

/** How each of them stands to the owner, as `relationsOf` ties them. */
export function relationFacts(who: string): Readonly<Record<string, boolean | string>> {
  const is = (...names: readonly (keyof Relations)[]) => names.some((name) => name === who);
  return {
    isFollower: is('follower', 'suspended'),
    isClubMate: is('clubMate', 'blocked', 'blocking'),
    isBlocked: is('blocked', 'blocking'),
    tie: is('follower', 'suspended') ? 'followed' : is('requested') ? 'requested' : 'none',
  };
}

function player(who: string, athlete: TestAthlete, differs: Partial<Viewer> = {}): Player {
  return { who, client: athlete, viewer: { ...somebody, ...differs }, athlete };
}

async function narrowed(api: TestApi, { email, password }: TestAthlete): Promise<Client> {
  const log = await api.anyone.post('/v1/sessions', { email, password, scopes: NARROW_SCOPES }).expect(201);
  return client(api.url, log.body.accessToken);
}
