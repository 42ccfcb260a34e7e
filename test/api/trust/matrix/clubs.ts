import { randomBytes, randomUUID } from 'node:crypto';
import { hashOfToken } from '../../../../api/http/token-hash.js';
import type { TestApi, TestAthlete } from '../../../support/app.js';
import { testCount } from '../../../support/counts.js';
import { ask } from '../../../support/graph.js';
import { NOBODY, type Player } from './cast.js';
import type { Cell } from './row.js';

// A club of its own for each cell, planted in one query: what a write does to it, no other cell sees.

const KINDS = ['public', 'closed', 'secret'] as const;
// Of caller × target × kind `npm test` takes each pair of two of them once, `npm run test:long` all.
const IN_STEPS_OF = testCount(KINDS.length, 1);

/** What somebody is in a club, and what they count as in it. */
interface Standing {
  readonly who: string;
  readonly clubRole: string;
  /** In this very club. */
  readonly role: string;
  readonly from?: 'above' | 'below';
}

const STANDINGS: readonly Standing[] = [
  ...['none', 'pending', 'member', 'moderator', 'admin', 'owner', 'banned'].map((role) => ({
    who: `${role} of the club`,
    clubRole: role,
    role,
  })),
  { who: 'admin of the club above', clubRole: 'admin', role: 'none', from: 'above' },
  { who: 'member of a club below', clubRole: 'member', role: 'none', from: 'below' },
];

/** Whom or whose it is done to: somebody else, by what they are in the club, or the caller. */
export const TARGETS = [
  'none',
  'pending',
  'member',
  'moderator',
  'admin',
  'owner',
  'banned',
  'self',
] as const;
export type ClubTarget = (typeof TARGETS)[number];

/** Callers, the athlete who is acted on, and the club above all others. */
export interface ClubCast {
  readonly callers: readonly (Player & { readonly standing: Standing })[];
  readonly founder: TestAthlete;
  readonly target: TestAthlete;
  readonly roofId: string;
}

/** @param players of whom some call as members: their tokens are no good for it */
export async function clubCast(api: TestApi, players: readonly Player[]): Promise<ClubCast> {
  const [founder, target, ...athletes] = await Promise.all(
    Array.from({ length: 2 + STANDINGS.length }, () => api.newAthlete()),
  );
  if (!founder || !target) throw new Error('nobody was registered');
  const roof = await founder.post('/v1/clubs', { name: 'Roof', visibility: 'public' }).expect(201);
  const able = STANDINGS.map((standing, at) => {
    const athlete = athletes[at];
    if (!athlete) throw new Error(`nobody is ${standing.who}`);
    const viewer = { kind: 'athlete', owns: 'others', standing: 'active', scopes: ['*'], roles: [] } as const;
    return { who: standing.who, client: athlete, athlete, viewer, standing };
  });
  const leader = able.find(({ standing }) => standing.from === 'above');
  await ask(
    api.app.graph,
    `MATCH (athlete:Athlete {athleteId: $athleteId}), (club:Club {clubId: $clubId})
     CREATE (athlete)-[:MEMBER_OF {
       athleteId: $athleteId, clubId: $clubId, role: 'admin', since: datetime()
     }]->(club)`,
    { athleteId: leader?.athlete.athleteId, clubId: roof.body.clubId },
  );
  const owner: Standing = { who: 'owner', clubRole: 'owner', role: 'owner' };
  const unable = players
    .filter(({ who }) => ['suspended', 'logged out', 'narrow'].includes(who))
    .map((player) => ({ ...player, who: `${player.who} owner of the club`, standing: owner }));
  const outside: Standing = { who: 'signed out', clubRole: 'none', role: 'none' };
  const signedOut = { who: 'signed out', client: api.anyone, viewer: NOBODY, standing: outside };
  return { callers: [...able, ...unable, signedOut], founder, target, roofId: roof.body.clubId };
}

/** A club of each kind for each caller and each target, planted. */
export async function clubCells(
  api: TestApi,
  cast: ClubCast,
  targets: readonly ClubTarget[],
): Promise<readonly Cell[]> {
  const plots = targets.flatMap((target, row) =>
    cast.callers.flatMap((caller, column) =>
      KINDS.filter((_, at) => targets.length === 1 || (at + row + column) % IN_STEPS_OF === 0).map(
        (visibility) => plotOf(cast, { visibility, target, caller }),
      ),
    ),
  );
  await ask(api.app.graph, PLANT, { roofId: cast.roofId, plots: plots.map(({ plot }) => plot) });
  return plots.map(({ cell }) => cell);
}

/** Takes the planted clubs away again: what a caller is in hundreds of others would slow every question down. */
export async function uprootClubs(api: TestApi): Promise<void> {
  await ask(
    api.app.graph,
    `MATCH (club:Club {name: 'Plot'})
     OPTIONAL MATCH (club)<-[:INVITES_TO]-(invitation:Invitation)
     OPTIONAL MATCH (club)-[:ANNOUNCED]->(announcement:Announcement)
     DETACH DELETE club, invitation, announcement`,
  );
}

interface Question {
  readonly visibility: string;
  readonly target: ClubTarget;
  readonly caller: ClubCast['callers'][number];
}

function plotOf(cast: ClubCast, { visibility, target, caller }: Question) {
  const { standing, athlete } = caller;
  const isSelf = target === 'self';
  const targetId = isSelf ? (athlete?.athleteId ?? cast.founder.athleteId) : cast.target.athleteId;
  const token = randomBytes(32).toString('base64url');
  const ids = {
    clubId: randomUUID(),
    subClubId: randomUUID(),
    announcementId: randomUUID(),
    invitationId: randomUUID(),
    athleteId: targetId,
    roofId: cast.roofId,
    token,
  };
  const roles = [
    { athleteId: cast.founder.athleteId, role: 'owner' },
    ...(athlete ? [{ athleteId: athlete.athleteId, role: standing.role }] : []),
    ...(isSelf ? [] : [{ athleteId: targetId, role: target }]),
  ].filter(({ role }) => role !== 'none');
  const plot = {
    ...ids,
    visibility,
    invitationHash: hashOfToken(token),
    authorId: isSelf ? targetId : cast.founder.athleteId,
    members: roles.filter(({ role }) => role !== 'pending' && role !== 'banned'),
    asking: roles.filter(({ role }) => role === 'pending'),
    banned: roles.filter(({ role }) => role === 'banned'),
    isBelowRoof: standing.from === 'above',
    below:
      standing.from === 'below' && athlete ? [{ clubId: randomUUID(), athleteId: athlete.athleteId }] : [],
  };
  const facts = {
    clubVisibility: visibility,
    clubRole: standing.clubRole,
    isMember: ['member', 'moderator', 'admin', 'owner'].includes(standing.role),
    targetRole: isSelf ? standing.role : target,
    isTargetFromAbove: isSelf && standing.from === 'above',
    ownsBelow: false,
    isBlocked: false,
    ownerStanding: 'active',
  };
  const viewer = { ...caller.viewer, owns: isSelf && athlete ? 'own' : 'others' } as const;
  return { plot, cell: { who: caller.who, client: caller.client, viewer, facts, ids } };
}

const PLANT = `
MATCH (roof:Club {clubId: $roofId})
UNWIND $plots AS plot
CREATE (club:Club {
  clubId: plot.clubId, name: 'Plot', visibility: plot.visibility, createdAt: datetime(), version: 1
})
CREATE (sub:Club {
  clubId: plot.subClubId, name: 'Plot', visibility: 'public', createdAt: datetime(), version: 1
})-[:ASKS_TO_BE_PART_OF {since: datetime()}]->(club)
CREATE (club)-[:ANNOUNCED]->(announcement:Announcement {
  announcementId: plot.announcementId, clubId: plot.clubId, text: 'News', createdAt: datetime()
})
CREATE (invitation:Invitation {
  invitationId: plot.invitationId, invitationHash: plot.invitationHash, usesLeft: 1, createdAt: datetime(),
  expiresAt: datetime() + duration('P1D')
})-[:INVITES_TO]->(club)
FOREACH (_ IN CASE WHEN plot.isBelowRoof THEN [1] ELSE [] END | CREATE (club)-[:PART_OF]->(roof))
WITH plot, club, announcement
CALL (plot, club, announcement) {
  MATCH (author:Athlete {athleteId: plot.authorId})
  CREATE (author)-[:WROTE]->(announcement)
}
CALL (plot, club) {
  UNWIND plot.members AS each
  MATCH (athlete:Athlete {athleteId: each.athleteId})
  CREATE (athlete)-[:MEMBER_OF {
    athleteId: each.athleteId, clubId: plot.clubId, role: each.role, since: datetime()
  }]->(club)
}
CALL (plot, club) {
  UNWIND plot.asking AS each
  MATCH (athlete:Athlete {athleteId: each.athleteId})
  CREATE (athlete)-[:ASKS_TO_JOIN {athleteId: each.athleteId, clubId: plot.clubId, since: datetime()}]->(club)
}
CALL (plot, club) {
  UNWIND plot.banned AS each
  MATCH (athlete:Athlete {athleteId: each.athleteId})
  CREATE (athlete)-[:BANNED_FROM {athleteId: each.athleteId, clubId: plot.clubId, since: datetime()}]->(club)
}
CALL (plot, club) {
  UNWIND plot.below AS each
  MATCH (athlete:Athlete {athleteId: each.athleteId})
  CREATE (athlete)-[:MEMBER_OF {
    athleteId: each.athleteId, clubId: each.clubId, role: 'member', since: datetime()
  }]->(:Club {
    clubId: each.clubId, name: 'Plot', visibility: 'public', createdAt: datetime(), version: 1
  })-[:PART_OF]->(club)
}`;
