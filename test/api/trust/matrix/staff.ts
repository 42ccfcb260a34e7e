import { setTimeout as wait } from 'node:timers/promises';
import { drainJournals } from '../../../../api/audit/drain-journals.js';
import type { TestApi, TestAthlete } from '../../../support/app.js';
import { testCount } from '../../../support/counts.js';
import { ask, holdRole, suspend } from '../../../support/graph.js';
import { type Cast, type Player, ROLES } from './cast.js';
import type { Cell, Row } from './row.js';

// Of roles that are given × whom to `npm test` takes each of them once or more, `npm run test:long` every pair.
const IN_STEPS_OF = testCount(2, 1);

const inAMonth = () => new Date(Date.now() + 30 * 86_400_000).toISOString();

/** What administrators, moderators, auditors and analysts do. */
export const STAFF_ROWS: Readonly<Record<string, Row>> = {
  'GET /v1/athletes/{athleteId}/roles': {
    actions: ['role.list'],
    ask: (client, { athleteId }) => client.get(`/v1/athletes/${athleteId}/roles`),
  },
  'PUT /v1/athletes/{athleteId}/roles/{role}': {
    actions: ['role.grant'],
    ask: (client, { athleteId, role }) =>
      client.put(`/v1/athletes/${athleteId}/roles/${role}`, { endsAt: inAMonth() }),
  },
  'DELETE /v1/athletes/{athleteId}/roles/{role}': {
    actions: ['role.end'],
    // A role that nobody here holds: whoever asks keeps their own.
    ask: (client, { athleteId }) => client.delete(`/v1/athletes/${athleteId}/roles/operator`),
  },
  'PUT /v1/athletes/{athleteId}/suspension': {
    actions: ['suspension.create'],
    ask: (client, { athleteId }) => client.put(`/v1/athletes/${athleteId}/suspension`),
  },
  'DELETE /v1/athletes/{athleteId}/suspension': {
    actions: ['suspension.delete'],
    ask: (client, { athleteId }) => client.delete(`/v1/athletes/${athleteId}/suspension`),
  },
  'GET /v1/decisions': {
    actions: ['decision.list'],
    isAtDoor: true,
    ask: (client) => client.get('/v1/decisions?limit=1'),
  },
  'GET /v1/decisions/{decisionId}': {
    actions: ['decision.read'],
    ask: (client, { decisionId }) => client.get(`/v1/decisions/${decisionId}`),
  },
  'GET /v1/analyst/queries': {
    actions: ['analyst.listQueries'],
    isAtDoor: true,
    ask: (client) => client.get('/v1/analyst/queries'),
  },
  'GET /v1/analyst/queries/{name}': {
    actions: ['analyst.runQuery'],
    shows: { names: [['personal'], ({ isPseudonymous }) => isPseudonymous] },
    ask: (client) => client.get('/v1/analyst/queries/analysis-most-followed?parameters={"limit":5}'),
  },
  'POST /v1/analyst/queries/{name}': {
    actions: ['analyst.runQuery'],
    shows: { names: [['personal'], ({ isPseudonymous }) => isPseudonymous] },
    ask: (client) => client.post('/v1/analyst/queries/analysis-most-followed', { parameters: { limit: 5 } }),
  },
};

/** Whom it is done to. */
export interface Targets {
  readonly plain: TestAthlete;
  readonly administrator: TestAthlete;
  readonly suspended: TestAthlete;
}

export async function staffTargets(api: TestApi): Promise<Targets> {
  const [plain, administrator, suspended] = await Promise.all([
    api.newAthlete(),
    api.newAthlete(),
    api.newAthlete(),
  ]);
  return { plain, administrator, suspended };
}

/** Makes the targets what they are, whatever was done to them before. */
export async function settleTargets({ app }: TestApi, targets: Targets): Promise<void> {
  const athleteIds = Object.values(targets).map(({ athleteId }) => athleteId);
  await ask(
    app.graph,
    `MATCH (athlete:Athlete) WHERE athlete.athleteId IN $athleteIds
     REMOVE athlete.suspendedAt
     WITH athlete
     MATCH (athlete)-[:HOLDS]->(role:RoleGrant)
     DETACH DELETE role`,
    { athleteIds },
  );
  await holdRole(app.graph, targets.administrator.athleteId, 'admin');
  await suspend(app.graph, targets.suspended.athleteId);
}

/** Everybody, on each target and on themselves; where a role is given, each of them. */
export function staffCells(
  cast: Cast,
  targets: Targets,
  { decisionId, isOfRoles }: { readonly decisionId: string; readonly isOfRoles: boolean },
): readonly Cell[] {
  const roles = isOfRoles ? ROLES : ['operator'];
  return cast.players.flatMap((player) => {
    const own = player.athlete && { athlete: player.athlete, facts: selfFacts(player) };
    const others = [
      { athlete: targets.plain, facts: { ownerStanding: 'active', isTargetAdmin: false } },
      { athlete: targets.administrator, facts: { ownerStanding: 'active', isTargetAdmin: true } },
      { athlete: targets.suspended, facts: { ownerStanding: 'suspended', isTargetAdmin: false } },
    ];
    return [...others, ...(own ? [own] : [])].flatMap(({ athlete, facts }, at) =>
      roles
        .filter((_, place) => roles.length === 1 || (place + at) % IN_STEPS_OF === 0)
        .map((role) => ({
          who: player.who,
          client: player.client,
          viewer: {
            ...player.viewer,
            owns: athlete === player.athlete ? ('own' as const) : ('others' as const),
          },
          facts: { ...facts, newRole: role, isLastAdmin: false },
          ids: { athleteId: athlete.athleteId, role, decisionId },
        })),
    );
  });
}

const selfFacts = ({ who, viewer }: Player) => ({
  ownerStanding: viewer.standing === 'suspended' ? 'suspended' : 'active',
  isTargetAdmin: who === 'admin',
});

/** The id of a decision that is in the trail. */
export async function someDecision({ app }: TestApi): Promise<string> {
  const newest = { path: 'test', text: 'SELECT decision_id AS id FROM decisions LIMIT 1' };
  for (let polls = 0; polls < 200; polls += 1) {
    await drainJournals(app, app.config.JOURNAL_DIRECTORY);
    const [row] = await app.series.query<object, { id: string }>(newest, {});
    if (row) return row.id;
    await wait(100);
  }
  throw new Error('no decision comes into the trail');
}
