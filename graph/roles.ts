import type { Grant, Standing, Target } from '../policies/access.js';
import { Sealed } from '../policies/sealed.js';
import { lockAthletes } from './locks.js';
import { cypher, type Graph, type Whole, type WriteTransaction, whole } from './session.js';

/** How the one who acts stands by now, read in the transaction that acts: two may end one another's role at once. */
export interface CallerNow {
  readonly standing: Standing;
  readonly roles: readonly string[];
}

type Decide = (target: Target, caller: CallerNow) => Grant;

/** Whose roles or standing are changed, and by whom; null is a part of Paceline. */
export interface Concerned {
  readonly athleteId: string;
  readonly callerId: string | null;
  readonly now: Date;
}

/** A role that somebody holds until `endsAt`; null granted it from the command line. */
export interface HeldRole {
  readonly role: string;
  readonly grantedAt: Date;
  readonly endsAt: Date;
  readonly grantedBy: string | null;
}

interface FactsRow {
  readonly athleteId: string;
  readonly ownerStanding: 'active' | 'suspended' | 'deleted';
  readonly isTargetAdmin: boolean;
  readonly isLastAdmin: boolean;
  readonly callerStanding: Standing;
  readonly callerRoles: readonly string[];
}

// More than any village needs; whoever ends an administrator's role waits for a lock on each.
const MAX_ADMINS = 1_000;

const admins = cypher<{ now: Date; limit: Whole }, { athleteId: string }>('roles/admins.cypher');
const factsOf = cypher<Concerned & { role: string | null }, FactsRow>('roles/facts.cypher');
const grantOne = cypher<
  { athleteId: string; role: string; grantedBy: string | null; now: Date; endsAt: Date },
  HeldRole
>('roles/grant.cypher');
const endOne = cypher<{ athleteId: string; role: string }, { role: string }>('roles/end.cypher');
const ofAthlete = cypher<{ athleteId: string; now: Date }, { roles: readonly HeldRole[] }>(
  'roles/of-athlete.cypher',
);
const ofAddress = cypher<{ emailHash: string }, { athleteId: string }>('roles/athlete-of-address.cypher');

/** Grants a role until an instant, or changes until when it lasts; undefined when there is no such athlete. */
export async function grantRole(
  graph: Graph,
  decide: Decide,
  concerned: Concerned,
  { role, endsAt }: { readonly role: string; readonly endsAt: Date },
): Promise<HeldRole | undefined> {
  return graph.write(async (transaction) => {
    const facts = await lockedFacts(transaction, concerned, role);
    if (!facts) return undefined;
    const { athleteId, ownerStanding } = facts;
    decide(targetOf(athleteId, { newRole: role, ownerStanding }), callerOf(facts)).assertFor('role.grant');
    const { callerId, now } = concerned;
    const [held] = await transaction.run(grantOne, { athleteId, role, grantedBy: callerId, now, endsAt });
    return held;
  });
}

/** Ends a role; also when it had ended. False when there is no such athlete. */
export async function endRole(
  graph: Graph,
  decide: Decide,
  concerned: Concerned,
  role: string,
): Promise<boolean> {
  return graph.write(async (transaction) => {
    const facts = await lockedFacts(transaction, concerned, role);
    if (!facts) return false;
    const { athleteId, isLastAdmin } = facts;
    decide(targetOf(athleteId, { isLastAdmin }), callerOf(facts)).assertFor('role.end');
    await transaction.run(endOne, { athleteId, role });
    return true;
  });
}

/** The roles that an athlete holds now; undefined when there is no such athlete. */
export async function rolesOf(
  graph: Graph,
  athleteId: string,
  now: Date,
): Promise<Sealed<{ readonly items: readonly HeldRole[] }> | undefined> {
  const [row] = await graph.query(ofAthlete, { athleteId, now });
  return row && new Sealed(targetOf(athleteId, {}).resource, {}, () => ({ items: row.roles }));
}

/** Whose account an address opens, by the keyed hash of it; for the command line, which knows no ids. */
export async function athleteOfAddress(graph: Graph, emailHash: string): Promise<string | undefined> {
  const [row] = await graph.query(ofAddress, { emailHash });
  return row?.athleteId;
}

/**
 * Reads what a change of roles or standing is decided on, after it has locked the one whom it concerns, the one who
 * acts and every administrator: so of two who end the last two administrators' roles the second finds one only.
 */
export async function lockedFacts(
  transaction: WriteTransaction,
  { athleteId, callerId, now }: Concerned,
  role: string | null,
): Promise<FactsRow | undefined> {
  const administrators = await transaction.run(admins, { now, limit: whole(MAX_ADMINS) });
  await lockAthletes(
    transaction,
    athleteId,
    ...(callerId === null ? [] : [callerId]),
    ...administrators.map(({ athleteId }) => athleteId),
  );
  const [facts] = await transaction.run(factsOf, { athleteId, callerId, now, role });
  return facts;
}

/** The one who acts, as the policy is asked about them. */
export function callerOf({ callerStanding, callerRoles }: FactsRow): CallerNow {
  return { standing: callerStanding, roles: callerRoles };
}

function targetOf(athleteId: string, facts: Target['facts']): Target {
  return { resource: { kind: 'athlete', id: athleteId, ownerId: athleteId }, facts };
}
