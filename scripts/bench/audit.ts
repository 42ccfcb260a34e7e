import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drainJournals } from '../../api/audit/drain-journals.js';
import { readConfig } from '../../api/config.js';
import { Journal } from '../../api/stores/journal.js';
import { journalKey } from '../../api/stores/journal-frames.js';
import { type App, wire } from '../../api/wiring.js';
import type { Decision, Subject } from '../../policies/access.js';
import { type Bench, line, quantile } from './line.js';

const DECISIONS = 20_000;
const PAGE = 20;
const ROUNDS = 2_000;
const WARM_UP_ROUNDS = 300;
const ADDED_GOAL_MILLISECONDS = 0.2;
const PER_SECOND_GOAL = 2_000;

/**
 * What recording costs: decisions a second until all are in TimescaleDB, encrypted, chained and signed; and what one
 * decision and one page add to a request, with the journal flushed in the background and before each answer.
 */
export const bench: Bench = async (settings, print) => {
  const directory = await mkdtemp(join(tmpdir(), 'paceline-audit-'));
  const { app, close } = await wire(readConfig({ ...settings, JOURNAL_DIRECTORY: directory }));
  try {
    print(line('audit-drained', await drainedPerSecond(app, directory), '1/s', PER_SECOND_GOAL));
    for (const flush of ['background', 'each'] as const) {
      const suffix = flush === 'each' ? '-each' : '';
      for (const [name, count] of [
        ['audit-added', 1],
        ['audit-added-page', PAGE],
      ] as const) {
        const added = await addedMilliseconds(app, { directory, flush, count });
        print(line(`${name}${suffix}`, quantile(added, 0.5), 'ms', ADDED_GOAL_MILLISECONDS));
      }
    }
    await drainJournals(app, directory);
  } finally {
    await close();
    await rm(directory, { recursive: true, force: true });
  }
};

async function drainedPerSecond(app: App, directory: string): Promise<number> {
  const journal = journalIn(app, directory, 'background');
  const startedAt = performance.now();
  for (let recorded = 0; recorded < DECISIONS; recorded += PAGE) {
    journal.record(pageOf(PAGE), true);
    // As between requests: the journal closes its segments meanwhile, and the drain takes them.
    if (recorded % (50 * PAGE) === 0) await new Promise(setImmediate);
  }
  journal.close();
  let drained = 0;
  while (drained < DECISIONS) drained += await drainJournals(app, directory);
  return DECISIONS / ((performance.now() - startedAt) / 1_000);
}

async function addedMilliseconds(
  app: App,
  { directory, flush, count }: { readonly directory: string; readonly flush: Flush; readonly count: number },
): Promise<number[]> {
  const journal = journalIn(app, directory, flush);
  const added: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const page = pageOf(count);
    const startedAt = performance.now();
    journal.record(page, count > 1);
    added.push(performance.now() - startedAt);
    if (round % 20 === 0) await new Promise(setImmediate);
  }
  journal.close();
  return added.slice(WARM_UP_ROUNDS);
}

type Flush = 'background' | 'each';

function journalIn({ log, masterKey }: App, directory: string, flush: Flush): Journal {
  return new Journal({
    directory,
    maxBytes: 1e9,
    flush,
    engine: 'opa-wasm 0.0.0, opa 0.0.0, sha256 of a bench',
    keyOf: (writer) => journalKey(masterKey, writer),
    log,
  });
}

const SUBJECT: Subject = {
  kind: 'athlete',
  athleteId: randomUUID(),
  sessionId: randomUUID(),
  standing: 'active',
  scopes: ['*'],
  roles: [],
  requestId: 'bench',
};

const OWNER_IDS = Array.from({ length: PAGE }, () => randomUUID());

function pageOf(count: number): Decision[] {
  const decidedAt = new Date();
  return Array.from({ length: count }, (_, index) => ({
    decisionId: randomUUID(),
    decidedAt,
    action: 'activity.read' as const,
    subject: SUBJECT,
    target: {
      resource: { kind: 'activity', id: randomUUID(), ownerId: OWNER_IDS[index] ?? '' },
      facts: FACTS,
    },
    allowed: true,
    revealed: false,
    rules: ['activity-read-follower'],
    withheld: ['settings', 'uploadId', 'whole'],
    bundle: '1-bench',
  }));
}

// As many as an activity has.
const FACTS = {
  visibility: 'followers',
  mapVisibility: 'followers',
  heartRateVisibility: 'onlyMe',
  powerVisibility: 'onlyMe',
  cadenceVisibility: 'everyone',
  temperatureVisibility: 'everyone',
  hidesStartTime: false,
  hidesFromHomeFeed: false,
  ownerHidesFromSignedOut: false,
  zonesArePending: false,
  timeZoneVisibility: 'everyone',
  isFollower: true,
  isClubMate: false,
  isBlocked: false,
  ownerStanding: 'active',
};
