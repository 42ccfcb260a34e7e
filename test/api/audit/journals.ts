import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FactsKeys, type RecordedFacts } from '../../../api/audit/facts.js';
import { Journal, type JournalOptions } from '../../../api/stores/journal.js';
import { segmentFile } from '../../../api/stores/journal-files.js';
import { entriesIn, type JournalEntry, journalKey } from '../../../api/stores/journal-frames.js';
import type { Graph } from '../../../graph/session.js';
import { AthleteKey, MasterKey } from '../../../policies/keys.js';
import type { FactsKey } from '../../../timeseries/decision-chain.js';
import { ask } from '../../support/graph.js';

/** The master key of the tests, as `testSettings` names it. */
export const masterKey = new MasterKey(Buffer.alloc(32, 'master'));

/** A journal whose files the drain of a test can read. */
export function openJournal(directory: string, options: Partial<JournalOptions> = {}): Journal {
  return new Journal({
    directory,
    maxBytes: 1e9,
    flush: 'background',
    engine: 'engine of a test',
    keyOf: (writer) => journalKey(masterKey, writer),
    log: { error: () => {} },
    ...options,
  });
}

/** What the journals of a directory hold, with whose it is. */
export function entriesOf(directory: string): (JournalEntry & { readonly writer: string })[] {
  return readdirSync(directory)
    .sort()
    .flatMap((name) => {
      const writer = segmentFile(name)?.writer ?? '';
      const bytes = readFileSync(join(directory, name));
      return [...entriesIn(bytes, { id: writer, key: journalKey(masterKey, writer) })]
        .flatMap((frame) => (frame === 'broken' ? [] : frame))
        .map((entry) => ({ writer, ...entry }));
    });
}

/** Keeps a data key for somebody who need not exist. */
export async function plantKey(graph: Graph, athleteId: string): Promise<void> {
  const wrapped = masterKey.wrap(athleteId, AthleteKey.generate());
  await ask(graph, 'CREATE (:AthleteKey {athleteId: $athleteId, wrapped: $wrapped})', { athleteId, wrapped });
}

/** What forgetting an athlete does to their key. */
export async function forgetKey(graph: Graph, athleteId: string): Promise<void> {
  await ask(graph, 'MATCH (key:AthleteKey {athleteId: $athleteId}) DETACH DELETE key', { athleteId });
}

/** Columns of a decision that tell who opens its facts. */
export interface RowWithFacts {
  readonly decision_id: string;
  readonly subject_kind: string;
  readonly subject_id: string | null;
  readonly owner_id: string | null;
  readonly facts: Buffer | null;
  readonly facts_key: FactsKey;
}

/** The facts of a row, decrypted; undefined when nobody can. */
export async function factsOfRow(graph: Graph, row: RowWithFacts): Promise<RecordedFacts | undefined> {
  const persons = {
    decisionId: row.decision_id,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    ownerId: row.owner_id,
  };
  const keys = await FactsKeys.of(graph, masterKey, [persons]);
  return keys.decrypt({ ...persons, facts: row.facts, factsKey: row.facts_key });
}
