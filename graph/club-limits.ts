import { cypher, type ReadTransaction } from './session.js';

/** To how many clubs one athlete may belong: what they may see is worked out from all of them at once. */
const CLUBS_PER_ATHLETE = 200;
/** How many unanswered requests to join one athlete may have. */
const REQUESTS_PER_ATHLETE = 100;
/** How many may wait for an answer of one club: nobody reads more. */
const REQUESTS_PER_CLUB = 10_000;
/** How many invitations of a club may be open. */
const INVITATIONS_PER_CLUB = 100;
/** How many clubs may be directly below one. */
const CLUBS_PER_PARENT = 1_000;

/** Somebody belongs to as many clubs as one can. */
export class TooManyClubs extends Error {
  override name = 'TooManyClubs';
  readonly problem = 'too-many-clubs';
  readonly fields = { limit: CLUBS_PER_ATHLETE };
  constructor(readonly athleteId: string) {
    super(`athlete ${athleteId} belongs to ${CLUBS_PER_ATHLETE} clubs, which is the most`);
  }
}

/** As many wait for an answer as can. */
export class TooManyClubRequests extends Error {
  override name = 'TooManyClubRequests';
  readonly problem = 'too-many-club-requests';
  readonly fields: { readonly limit: number };
  constructor(whose: 'athlete' | 'club', limit: number) {
    super(`${limit} requests of this ${whose} are unanswered, which is the most`);
    this.fields = { limit };
  }
}

/** A club has as many open invitations as it can. */
export class TooManyInvitations extends Error {
  override name = 'TooManyInvitations';
  readonly problem = 'too-many-invitations';
  readonly fields = { limit: INVITATIONS_PER_CLUB };
  constructor() {
    super(`${INVITATIONS_PER_CLUB} invitations of this club are open, which is the most`);
  }
}

/** A club has as many clubs below it as it can. */
export class TooManySubClubs extends Error {
  override name = 'TooManySubClubs';
  readonly problem = 'too-many-sub-clubs';
  readonly fields = { limit: CLUBS_PER_PARENT };
  constructor() {
    super(`${CLUBS_PER_PARENT} clubs are directly below this one, which is the most`);
  }
}

const countsOfAthlete = cypher<{ athleteId: string }, { clubs: number; requests: number }>(
  'clubs/counts-of-athlete.cypher',
);
const countsOfClub = cypher<{ clubId: string }, { requests: number; invitations: number; clubs: number }>(
  'clubs/counts-of-club.cypher',
);

/**
 * To be asked once the athlete is a member, so that nothing is refused that was done already.
 *
 * @throws {TooManyClubs} the athlete is in more clubs than one can be
 */
export async function joinLimit(transaction: ReadTransaction, athleteId: string): Promise<void> {
  const [counts] = await transaction.run(countsOfAthlete, { athleteId });
  if (counts && counts.clubs > CLUBS_PER_ATHLETE) throw new TooManyClubs(athleteId);
}

/** @throws {TooManyClubRequests} the athlete can ask no other club, or the club cannot be asked by anybody else */
export async function askLimit(
  transaction: ReadTransaction,
  ids: { readonly athleteId: string; readonly clubId: string },
): Promise<void> {
  const [athlete] = await transaction.run(countsOfAthlete, { athleteId: ids.athleteId });
  const [club] = await transaction.run(countsOfClub, { clubId: ids.clubId });
  if (athlete && athlete.requests >= REQUESTS_PER_ATHLETE)
    throw new TooManyClubRequests('athlete', REQUESTS_PER_ATHLETE);
  if (club && club.requests >= REQUESTS_PER_CLUB) throw new TooManyClubRequests('club', REQUESTS_PER_CLUB);
}

/**
 * To be asked once an invitation is made.
 *
 * @throws {TooManyInvitations}
 */
export async function invitationLimit(transaction: ReadTransaction, clubId: string): Promise<void> {
  const [club] = await transaction.run(countsOfClub, { clubId });
  if (club && club.invitations > INVITATIONS_PER_CLUB) throw new TooManyInvitations();
}

/** @throws {TooManySubClubs} */
export async function parentLimit(transaction: ReadTransaction, clubId: string): Promise<void> {
  const [club] = await transaction.run(countsOfClub, { clubId });
  if (club && club.clubs >= CLUBS_PER_PARENT) throw new TooManySubClubs();
}
