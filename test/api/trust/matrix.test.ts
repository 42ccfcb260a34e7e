import assert from 'node:assert/strict';
import { after, before, type TestContext, test } from 'node:test';
import { CONTROLLERS } from '../../../api/controllers.js';
import { routesOf } from '../../../api/http/endpoint.js';
import { VISIBILITIES } from '../../../graph/sharing.js';
import { ACTIONS } from '../../../policies/actions.js';
import { WORK_OF } from '../../policies/model/admission.js';
import { startApi, type TestApi } from '../../support/app.js';
import { type Cast, castOf } from './matrix/cast.js';
import { CLUB_ROWS, type ClubRow } from './matrix/club-rows.js';
import { clubCast, clubCells, uprootClubs } from './matrix/clubs.js';
import { doorCells, lastCells, othersSessionCells, ownCells, sessionCells } from './matrix/own.js';
import { DOOR_ROWS, LAST_ROWS, OWN_ROWS, SESSION_ROWS } from './matrix/own-rows.js';
import * as owners from './matrix/owner.js';
import { READ_ROWS, TAKING_ROWS, TIE_ROWS } from './matrix/owner-rows.js';
import { asked, type Cell, differences, type Row } from './matrix/row.js';
import { STAFF_ROWS, settleTargets, someDecision, staffCells, staffTargets } from './matrix/staff.js';
import { rememberTies } from './matrix/ties.js';

// Every route × every kind of caller × everything that decides: real requests to real stores, held against the second
// model of the rules, which is told how the world was made and asks nothing.

type Rows = Readonly<Record<string, Row>>;
const ALL_ROWS: readonly Rows[] = [
  CLUB_ROWS,
  READ_ROWS,
  TIE_ROWS,
  TAKING_ROWS,
  OWN_ROWS,
  DOOR_ROWS,
  SESSION_ROWS,
  LAST_ROWS,
  STAFF_ROWS,
];

let api: TestApi;
let cast: Cast;
before(async () => {
  api = await startApi({ CONTACT_QUESTIONS_PER_DAY: '1000' });
  cast = await castOf(api);
});
after(() => api.stop());

test('every route has a row, and every action that somebody may ask for is asked for', () => {
  const rows = ALL_ROWS.flatMap((each) => Object.entries(each));
  const routes = routesOf(CONTROLLERS).map(({ method, path }) => `${method} ${path}`);
  assert.deepEqual([...new Set(rows.map(([route]) => route))].sort(), routes.sort());

  const actions = rows.flatMap(([, { actions, item }]) => [...actions, ...(item ? [item.action] : [])]);
  const work = Object.values(WORK_OF).flat();
  assert.deepEqual(
    ACTIONS.filter((action) => !actions.includes(action) && !work.includes(action)),
    [],
  );
});

test('clubs: what somebody is in the club × how open it is × whom it is done to', async (context) => {
  const clubs = await clubCast(api, cast.players);
  const found: string[] = [];
  const ask = (route: string, row: ClubRow, cells: readonly Cell[]) => {
    const { knows = (facts) => facts } = row;
    return differences(
      route,
      row,
      cells.map((cell) => ({ ...cell, facts: knows(cell.facts) })),
    );
  };
  // Whatever only reads leaves the clubs as they are, so that all of it asks about the same ones.
  const read = await clubCells(api, clubs, ['none']);
  for (const [route, row] of Object.entries(CLUB_ROWS))
    if (route.startsWith('GET ')) found.push(...(await ask(route, row, read)));
  await uprootClubs(api);
  for (const [route, row] of Object.entries(CLUB_ROWS)) {
    if (route.startsWith('GET ')) continue;
    found.push(...(await ask(route, row, await clubCells(api, clubs, row.targets ?? ['none']))));
    await uprootClubs(api);
  }
  agree(context, found);
});

test('staff: who has a role × whom it is done to', async (context) => {
  const targets = await staffTargets(api);
  const decisionId = await someDecision(api);
  const found: string[] = [];
  for (const [route, row] of Object.entries(STAFF_ROWS)) {
    await settleTargets(api, targets);
    const isOfRoles = row.actions.includes('role.grant');
    found.push(...(await differences(route, row, staffCells(cast, targets, { decisionId, isOfRoles }))));
  }
  agree(context, found);
});

test('what is one’s own, and doors that nobody has to log in for', async (context) => {
  const own = await ownCells(api, cast);
  const tieAgain = await rememberTies(api, cast.players, [String(own[0]?.ids.askerId)]);
  const found: string[] = [];
  for (const [route, row] of Object.entries(OWN_ROWS)) {
    found.push(...(await differences(route, row, own)));
    await tieAgain();
  }
  found.push(...(await all(DOOR_ROWS, await doorCells(api, cast))));
  agree(context, found);
});

test('sessions of one’s own and of others', async (context) => {
  const byId = 'DELETE /v1/sessions/{sessionId}';
  const found = await differences(byId, SESSION_ROWS[byId], othersSessionCells(cast));
  for (const [route, row] of Object.entries(SESSION_ROWS)) {
    found.push(...(await differences(route, row, await sessionCells(api, cast))));
  }
  agree(context, found);
});

test('an athlete and what is theirs: relation × visibility × circle of each part × standing', async (context) => {
  await api.work();
  const owned = await owners.ownedThings(api, cast);
  const tieAgain = await rememberTies(api, cast.players);
  const found: string[] = [];
  const look = async (state: owners.State) => {
    // The club of an athlete who is gone is handed over or closed, as soon as a worker comes to it.
    const isGone = state.facts.ownerStanding === 'deleted';
    const rows = Object.entries(READ_ROWS).filter(
      ([route]) => !isGone || !/{clubId}|recommendations\/clubs/.test(route),
    );
    found.push(...(await all(Object.fromEntries(rows), owners.ownerCells(owned, state))));
  };
  const tie = async (state: owners.State) => {
    for (const [route, row] of Object.entries(TIE_ROWS)) {
      found.push(...(await differences(route, row, owners.ownerCells(owned, state))));
      await tieAgain();
    }
  };
  const take = async (state: owners.State) => {
    const spares = await owners.withSpares(owned, state);
    const cells = owners.ownerCells(spares, state);
    // The owner last: afterwards it is gone.
    found.push(
      ...(await all(
        TAKING_ROWS,
        cells.filter(({ who }) => who !== 'owner'),
      )),
    );
    found.push(
      ...(await all(
        TAKING_ROWS,
        cells.filter(({ who }) => who === 'owner'),
      )),
    );
    // Each zone that came or went made all activities due to be measured again, which hides them from others.
    await owners.zonesApplied(owned);
  };

  let state = await owners.enterState(owned, 0);
  for (let turn = 0; turn < owners.STATE_COUNT; turn += 1) {
    state = await owners.enterState(owned, turn);
    await look(state);
    if (turn < VISIBILITIES.length) await take(state);
  }
  state = await owners.enterState(owned, owners.FOLLOWERS_STATE);
  await look(state);
  await look(await owners.enterPending(owned, state));
  await owners.leavePending(owned);
  state = await owners.enterState(owned, 0);
  await tie(state);
  for (const enter of [owners.enterSuspension, owners.enterDeletion]) {
    state = await enter(owned, state);
    await look(state);
    await tie(state);
    await take(state);
  }
  agree(context, found);
});

test('whoever proves who they are, last of all', async (context) => {
  agree(context, await all(LAST_ROWS, lastCells(cast)));
});

test('every route was done for somebody', (context) => {
  context.diagnostic(`${asked.cells} cells`);
  const rows = ALL_ROWS.flatMap((each) => Object.keys(each));
  assert.deepEqual(
    rows.filter((route) => !asked.done.has(route)),
    [],
  );
});

async function all(rows: Rows, cells: readonly Cell[]): Promise<string[]> {
  const found: string[] = [];
  for (const [route, row] of Object.entries(rows)) found.push(...(await differences(route, row, cells)));
  return found;
}

function agree(context: TestContext, found: readonly string[]): void {
  context.diagnostic(`${asked.cells} cells so far`);
  assert.deepEqual(found.slice(0, 20), [], `${found.length} cells differ`);
}
