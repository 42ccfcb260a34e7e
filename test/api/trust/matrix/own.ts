import { randomBytes, randomUUID } from 'node:crypto';
import { hashOfToken } from '../../../../api/http/token-hash.js';
import { client, type TestApi, type TestAthlete } from '../../../support/app.js';
import { ask } from '../../../support/graph.js';
import { type Cast, NARROW_SCOPES, type Player } from './cast.js';
import type { Cell, Ids } from './row.js';

const ownCell = ({ who, client, viewer }: Player, ids: Ids = {}): Cell => ({
  who,
  client,
  viewer: { ...viewer, owns: 'own' },
  facts: {},
  ids,
});

/** Everybody about what is theirs; somebody has asked to follow each. */
export async function ownCells(api: TestApi, { players }: Cast): Promise<readonly Cell[]> {
  const { athleteId: askerId } = await api.newAthlete();
  await ask(
    api.app.graph,
    `MATCH (asker:Athlete {athleteId: $askerId})
     UNWIND $athleteIds AS athleteId
     MATCH (athlete:Athlete {athleteId: athleteId})
     CREATE (asker)-[:REQUESTS {followerId: $askerId, followeeId: athleteId, since: datetime()}]->(athlete)`,
    { askerId, athleteIds: players.flatMap(({ athlete }) => athlete?.athleteId ?? []) },
  );
  return players.map((player) => ownCell(player, { askerId }));
}

/** Everybody at the doors that ask for no log-in, for an account that is open and one that is suspended. */
export async function doorCells(api: TestApi, { players }: Cast): Promise<readonly Cell[]> {
  const suspended = players.find(({ who }) => who === 'suspended')?.athlete;
  if (!suspended) throw new Error('nobody is suspended');
  const open = await Promise.all(
    players.map(async (player) => {
      const visitor = await api.newAthlete();
      const links = {
        resetToken: await plantLink(api, visitor, 'resetPassword'),
        verifyToken: await plantLink(api, visitor, 'verifyEmail'),
      };
      return { ...ownCell(player, { ...idsOf(visitor), ...links }), facts: { ownerStanding: 'active' } };
    }),
  );
  const shut = players.map((player) => ({
    ...ownCell(player, idsOf(suspended)),
    facts: { ownerStanding: 'suspended' },
  }));
  return [...open, ...shut];
}

/** Everybody but the owner with their password. */
export function lastCells({ players }: Cast): readonly Cell[] {
  const others = players.filter(({ who }) => who !== 'owner');
  return others.map((player) =>
    ownCell(player, player.athlete ? idsOf(player.athlete) : { password: 'none' }),
  );
}

/** Everybody in a session that they can spare, about that session. */
export async function sessionCells(api: TestApi, { players }: Cast): Promise<readonly Cell[]> {
  return Promise.all(
    players.map(async (player) => {
      const { athlete, viewer } = player;
      if (!athlete || viewer.standing !== 'active') return ownCell(player, { sessionId: randomUUID() });
      const { email, password } = athlete;
      const scopes = player.who === 'narrow' ? { scopes: NARROW_SCOPES } : {};
      const { body } = await api.anyone.post('/v1/sessions', { email, password, ...scopes }).expect(201);
      return { ...ownCell(player, { sessionId: body.sessionId }), client: client(api.url, body.accessToken) };
    }),
  );
}

/** Everybody but the owner about a session of the owner. */
export function othersSessionCells({ players, owner }: Cast): readonly Cell[] {
  return players
    .filter(({ who }) => who !== 'owner')
    .map((player) => {
      const cell = ownCell(player, { sessionId: owner.sessionId });
      return { ...cell, viewer: { ...cell.viewer, owns: 'others' } };
    });
}

const idsOf = ({ athleteId, email, password, sessionId, refreshToken }: TestAthlete): Ids => ({
  athleteId,
  email,
  password,
  sessionId,
  refreshToken,
});

async function plantLink({ app }: TestApi, { athleteId }: TestAthlete, purpose: string): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await ask(
    app.graph,
    `MATCH (account:Account {athleteId: $athleteId})
     CREATE (:Link {
       linkHash: $linkHash, purpose: $purpose, eventId: randomUUID(), createdAt: datetime(),
       expiresAt: datetime() + duration('P1D')
     })-[:FOR]->(account)`,
    { athleteId, purpose, linkHash: hashOfToken(token) },
  );
  return token;
}
