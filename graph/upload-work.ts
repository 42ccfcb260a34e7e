import type { Grant } from '../policies/access.js';
import type { NewActivity } from './activities.js';
import { createActivity } from './activities.js';
import { lockAthletes } from './locks.js';
import { cypher, type Graph, type WriteTransaction } from './session.js';
import type { Sharing } from './sharing.js';
import type { UploadProblem, UploadRescue, UploadStatus } from './uploads.js';

/** An upload in work. */
export interface UploadWork {
  readonly athleteId: string;
  readonly status: UploadStatus;
  readonly fileName: string;
  readonly format: string;
  readonly sha256: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly sport: string | null;
  /** The athlete's. */
  readonly timeZone: string;
  readonly ownerStanding: 'active' | 'suspended';
  /** 0 for who never had a zone. */
  readonly zonesVersion: number;
  readonly wrappedKey: Uint8Array;
}

/** A stretch of time that a recording takes. */
export interface Stretch {
  readonly startedAt: Date;
  readonly endedAt: Date;
}

/** An activity as far as it matters for telling whether another is the same recording. */
export interface EarlierActivity {
  readonly activityId: string;
  readonly startedAt: Date;
  readonly elapsedSeconds: number;
  readonly distanceMeters: number | null;
  /** What it really is where zones cut it, encrypted by `encryptedWhole`. */
  readonly whole: Uint8Array | null;
}

/** What is so under the lock of the athlete. */
export interface UploadFacts {
  readonly status: UploadStatus;
  readonly ownerStanding: 'active' | 'suspended';
  readonly zonesVersion: number;
  /** As was wished, else as the athlete has it by default now: a profile may be closed while its files are read. */
  readonly sharing: Sharing;
  /** The first activity from the very same file. */
  readonly fromSameFile: string | null;
  /** Uploaded activities that go on at some time of the recording. */
  readonly overlapping: readonly EarlierActivity[];
}

const begin = cypher<{ uploadId: string }, UploadWork>('uploads/begin.cypher');
const facts = cypher<
  {
    athleteId: string;
    uploadId: string;
    sha256: string;
    earliestStart: Date | null;
    startedAt: Date | null;
    endedAt: Date | null;
  },
  UploadFacts
>('uploads/facts.cypher');
const finish = cypher<
  {
    uploadId: string;
    status: UploadStatus;
    duplicateOf: string | null;
    problem: string | null;
    rescued: string | null;
  },
  { uploadId: string }
>('uploads/finish.cypher');

/** Takes an upload into work, again if a worker was killed over it; undefined when it is done or gone. */
export async function beginUpload(graph: Graph, uploadId: string): Promise<UploadWork | undefined> {
  const [row] = await graph.execute(begin, { uploadId });
  return row;
}

/** What an upload becomes. */
export type Outcome =
  | {
      readonly status: 'ready';
      readonly activities: readonly NewActivity[];
      /** The first activity that a part of the file repeats. */
      readonly duplicateOf: string | undefined;
      readonly rescued: UploadRescue | undefined;
    }
  | { readonly status: 'duplicate'; readonly duplicateOf: string }
  | { readonly status: 'failed'; readonly problem: UploadProblem };

/** An upload that is about to end. */
export interface EndingUpload {
  readonly athleteId: string;
  readonly uploadId: string;
  readonly sha256: string;
  /** Absent when there is no recording in the file. */
  readonly stretch?: Stretch;
  /** No activity takes longer. */
  readonly longestSeconds: number;
}

/**
 * Ends the work on an upload, with everything that it becomes, in one transaction under the lock of its athlete.
 *
 * @param decide asks the policy for `upload.process`
 * @param outcomeOf what it becomes, seeing every earlier upload; undefined to leave all as it is
 * @returns the outcome; `gone` when the upload or its athlete is; undefined when `outcomeOf` said so
 */
export async function endUpload(
  graph: Graph,
  { longestSeconds, stretch, ...ids }: EndingUpload,
  decide: (facts: UploadFacts) => Grant,
  outcomeOf: (facts: UploadFacts) => Outcome | undefined,
): Promise<Outcome | 'gone' | undefined> {
  return graph.write(async (transaction) => {
    const [, [found]] = await Promise.all([
      lockAthletes(transaction, ids.athleteId),
      transaction.run(facts, {
        ...ids,
        startedAt: stretch?.startedAt ?? null,
        endedAt: stretch?.endedAt ?? null,
        earliestStart: stretch
          ? new Date(stretch.startedAt.getTime() - (longestSeconds + DAY_SECONDS) * 1_000)
          : null,
      }),
    ]);
    if (!found) return 'gone';
    const grant = decide(found);
    const outcome = outcomeOf(found);
    if (outcome) await write(transaction, grant, ids.uploadId, outcome);
    return outcome;
  });
}

// An activity whose start is hidden is listed at the start of its day, and some days are longer than others.
const DAY_SECONDS = 26 * 3_600;

async function write(
  transaction: WriteTransaction,
  grant: Grant,
  uploadId: string,
  outcome: Outcome,
): Promise<void> {
  const { status } = outcome;
  const activities = status === 'ready' ? outcome.activities : [];
  await Promise.all([
    ...activities.map((activity) => createActivity(transaction, grant, activity)),
    transaction.run(finish, {
      uploadId,
      status,
      duplicateOf: (status !== 'failed' && outcome.duplicateOf) || null,
      problem: status === 'failed' ? JSON.stringify(outcome.problem) : null,
      rescued: status === 'ready' && outcome.rescued ? JSON.stringify(outcome.rescued) : null,
    }),
  ]);
}
