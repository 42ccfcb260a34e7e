import type { Response, Test } from 'supertest';
import { isAdmitted } from '../../../policies/model/admission.js';
import { MODEL, modelOutcome } from '../../../policies/model/model.js';
import type { Facts, Outcome, Viewer } from '../../../policies/model/viewer.js';
import type { Client } from '../../../support/app.js';

/** One question: who asks, how they stand to the thing by how the world was made, and the ids in the path. */
export interface Cell {
  readonly who: string;
  readonly client: Client;
  readonly viewer: Viewer;
  readonly facts: Facts;
  readonly ids: Ids;
}
export type Ids = Readonly<Record<string, string>>;

/** How one sees that a part is there: the parts that take the field away, and whether it is gone from an answer. */
export type Shown = Readonly<Record<string, readonly [parts: readonly string[], isGone: IsGone]>>;
type IsGone = (body: Body, ids: Ids) => boolean;
// Bodies are JSON of the shapes that the client has held them against.
type Body = Response['body'];

/** How one route is asked, and what is looked at in its answer. */
export interface Row {
  /** Where there are several, whichever of them allows it: one route may have two doors. */
  readonly actions: readonly string[];
  readonly ask: (client: Client, ids: Ids) => Test;
  readonly shows?: Shown;
  /** Something in the answer that is decided by itself. */
  readonly item?: Item;
  /** Whose the thing is, where it is not the owner's whom the cells are about. */
  readonly owns?: Viewer['owns'];
  /** Decided at the door, before anything is looked up: there is nothing to hide. */
  readonly isAtDoor?: true;
  /** It is about the caller, so that nobody in particular cannot ask. */
  readonly needsSomebody?: true;
  /** Allowed, but there is nothing to do it to. */
  readonly lacks?: (facts: Facts, cell: Cell) => boolean;
  /** What the policy let through and the path or the body then fails with. */
  readonly fails?: (cell: Cell) => boolean;
}

interface Item {
  readonly action: string;
  readonly find: (body: Body, ids: Ids) => Body | undefined;
  /** Whether it would be in such a list at all, if it may be seen. */
  readonly isOffered?: (cell: Cell) => boolean;
  readonly facts?: (facts: Facts) => Facts;
  readonly shows?: Shown;
}

const AT_ONCE = 8;

/** What was asked so far, for the sum at the end. */
export const asked = { cells: 0, done: new Set<string>(), questions: new Set<string>() };

/** Asks a route in each cell and says where the answer is not that of the model. */
export async function differences(route: string, row: Row, cells: readonly Cell[]): Promise<string[]> {
  const found: string[] = [];
  const fresh = cells.filter((cell) => isNews(route, row, cell));
  // The first by itself: Neo4j would plan a query that it does not know once for each who asks at the same time.
  for (let at = 0, next = 1; at < fresh.length; at = next, next += AT_ONCE) {
    const some = fresh.slice(at, next);
    found.push(...(await Promise.all(some.map((cell) => differencesIn(route, row, cell)))).flat());
  }
  return found;
}

// Cells that differ in nothing that the rules of the route read are one question; whom admission refuses it refuses
// whatever the thing is.
function isNews(route: string, row: Row, cell: Cell): boolean {
  const { who, facts } = cell;
  const viewer = viewerOf(row, cell);
  const actions = row.actions.filter((action) => isAdmitted(viewer, action));
  const read = [...actions, ...(row.item ? [row.item.action] : [])].flatMap((action) =>
    Object.keys(MODEL[action]?.facts ?? {}),
  );
  const isGone = facts.ownerStanding === 'deleted';
  const known = actions.length === 0 ? [] : [isGone, ...read.map((fact) => facts[fact])];
  const question = JSON.stringify([route, who, viewer.owns, known]);
  const isFirst = !asked.questions.has(question);
  asked.questions.add(question);
  return isFirst;
}

async function differencesIn(route: string, row: Row, cell: Cell): Promise<string[]> {
  const response = await row.ask(cell.client, cell.ids).ok(() => true);
  const expected = expectedOf(row, cell);
  const actual = actualOf(row, response, cell.ids);
  const pairs = [[actual, spelled(expected, row.shows)]];
  asked.cells += 1;
  if (actual.startsWith('done')) asked.done.add(route);
  if (row.item && actual.startsWith('done')) {
    pairs.push([itemOf(row.item, response.body, cell), expectedItem(row.item, cell)]);
    asked.cells += 1;
  }
  return pairs
    .filter(([is, should]) => is !== should)
    .map(
      ([is, should]) =>
        `${route} by ${cell.who}: is ${is}, should be ${should}, of ${JSON.stringify(cell.facts)}`,
    );
}

function expectedOf(row: Row, cell: Cell): Outcome | 'log in' | 'failed' {
  const viewer = viewerOf(row, cell);
  const { facts } = cell;
  const { kind, standing } = viewer;
  const isNobody = kind === 'anonymous' || standing === 'ended';
  if (!row.actions.some((action) => isAdmitted(viewer, action))) return isNobody ? 'log in' : 'told';
  if (row.needsSomebody && kind === 'anonymous') return 'log in';
  const outcomes = row.actions.map((action) => modelOutcome(viewer, action, facts));
  const outcome = outcomes.find((each) => typeof each !== 'string') ?? outcomes[0] ?? 'hidden';
  // Whose account is suspended is told so, also before they are logged in.
  const mayLogIn = kind === 'anonymous' && facts.ownerStanding !== 'suspended';
  if (outcome === 'told') return mayLogIn ? 'log in' : 'told';
  if (outcome === 'hidden') return row.isAtDoor ? 'told' : 'hidden';
  if (row.fails?.(cell)) return 'failed';
  // Of an athlete who is gone nothing is there, be it allowed or not.
  const isGone = facts.ownerStanding === 'deleted' && row.owns === undefined;
  return isGone || row.lacks?.(facts, cell) ? 'hidden' : outcome;
}

function viewerOf({ owns }: Row, { viewer }: Cell): Viewer {
  return owns ? { ...viewer, owns } : viewer;
}

function actualOf(row: Row, { status, body }: Response, ids: Ids): string {
  if (status === 401) return 'log in';
  if (status === 404) return 'hidden';
  if (status === 403) return 'told';
  if (status >= 300) return status < 500 ? 'failed' : `${status} ${body.type}`;
  return spelledFields(gone(row.shows, body, ids));
}

function expectedItem({ action, isOffered, facts: factsOf, shows }: Item, cell: Cell): string {
  if (isOffered?.(cell) === false) return 'not listed';
  const facts = factsOf?.(cell.facts) ?? cell.facts;
  const outcome = facts.ownerStanding === 'deleted' ? 'hidden' : modelOutcome(cell.viewer, action, facts);
  return typeof outcome === 'string' ? 'not listed' : spelled(outcome, shows);
}

function itemOf({ find, shows }: Item, body: Body, { ids }: Cell): string {
  const item = find(body, ids);
  return item === undefined ? 'not listed' : spelledFields(gone(shows, item, ids));
}

function spelled(outcome: Outcome | 'log in' | 'failed', shows: Shown = {}): string {
  if (typeof outcome === 'string') return outcome;
  const withheld = new Set(outcome.without);
  const fields = Object.entries(shows).filter(([, [parts]]) => parts.some((part) => withheld.has(part)));
  return spelledFields(fields.map(([field]) => field));
}

function gone(shows: Shown = {}, body: Body, ids: Ids): string[] {
  return Object.entries(shows).flatMap(([field, [, isGone]]) => (isGone(body, ids) ? [field] : []));
}

const spelledFields = (fields: readonly string[]) =>
  fields.length === 0 ? 'done' : `done without ${[...fields].sort().join(', ')}`;

/** A field that is null or absent where one of the parts is withheld. */
export function field(name: string, ...parts: readonly string[]): Shown {
  return { [name]: [parts, (body) => (body[name] ?? null) === null] };
}
