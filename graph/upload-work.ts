import type { Grant } from '../policies/access.js';
import type { NewActivity, Visibility } from './activities.js';
import { createActivity } from './activities.js';
import { lockAthletes } from './locks.js';
import { cypher, type Graph, type ReadTransaction, type WriteTransaction } from './session.js';
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
  /** As wished, else as the athlete has it by default. */
  readonly visibility: Visibility;
  readonly sport: string | null;
  /** The athlete's. */
  readonly timeZone: string;
  readonly ownerStanding: 'active' | 'suspended';
  readonly wrappedKey: Uint8Array;
}

/** What the policy decides upon, read under the lock of the athlete. */
export type UploadStanding = Pick<UploadWork, 'status' | 'ownerStanding'>;

/** A stretch of time that an activity takes. */
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
}

const begin = cypher<{ uploadId: string }, UploadWork>('uploads/begin.cypher');
const standing = cypher<{ uploadId: string }, UploadStanding>('uploads/standing.cypher');
const sameFile = cypher<{ athleteId: string; uploadId: string; sha256: string }, { activityId: string }>(
  'uploads/same-file.cypher',
);
const overlapping = cypher<
  Stretch & { athleteId: string; uploadId: string; earliestStart: Date },
  EarlierActivity
>('uploads/overlapping.cypher');
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
  const [row] = await graph.write(({ run }) => run(begin, { uploadId }));
  return row;
}

/** Finds what an athlete has uploaded before. */
export class Earlier {
  constructor(
    private readonly transaction: ReadTransaction,
    private readonly ids: { readonly athleteId: string; readonly uploadId: string },
  ) {}

  /** The first activity from the very same file. */
  async fromSameFile(sha256: string): Promise<string | undefined> {
    const [row] = await this.transaction.run(sameFile, { ...this.ids, sha256 });
    return row?.activityId;
  }

  /** Activities that go on at some time of a stretch. @param longestSeconds no activity takes longer */
  async during(stretch: Stretch, longestSeconds: number): Promise<EarlierActivity[]> {
    const earliestStart = new Date(stretch.startedAt.getTime() - longestSeconds * 1_000);
    return this.transaction.run(overlapping, { ...this.ids, ...stretch, earliestStart });
  }
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

/**
 * Ends the work on an upload, with everything that it becomes, in one transaction under the lock of its athlete.
 *
 * @param decide asks the policy for `upload.process` on what is so under the lock
 * @param outcomeNow what it becomes; asked under the lock, so that it sees every earlier upload; undefined to leave
 *   all as it is
 * @returns the outcome; `gone` when the upload or its athlete is; undefined when `outcomeNow` said so
 */
export async function endUpload(
  graph: Graph,
  { athleteId, uploadId }: { readonly athleteId: string; readonly uploadId: string },
  decide: (facts: UploadStanding) => Grant,
  outcomeNow: (earlier: Earlier) => Promise<Outcome | undefined>,
): Promise<Outcome | 'gone' | undefined> {
  return graph.write(async (transaction) => {
    await lockAthletes(transaction, athleteId);
    const [facts] = await transaction.run(standing, { uploadId });
    if (!facts) return 'gone';
    const grant = decide(facts);
    const outcome = await outcomeNow(new Earlier(transaction, { athleteId, uploadId }));
    if (outcome) await write(transaction, grant, uploadId, outcome);
    return outcome;
  });
}

async function write(
  transaction: WriteTransaction,
  grant: Grant,
  uploadId: string,
  outcome: Outcome,
): Promise<void> {
  if (outcome.status === 'ready') {
    for (const activity of outcome.activities) await createActivity(transaction, grant, activity);
  }
  const { status } = outcome;
  await transaction.run(finish, {
    uploadId,
    status,
    duplicateOf: (status !== 'failed' && outcome.duplicateOf) || null,
    problem: status === 'failed' ? JSON.stringify(outcome.problem) : null,
    rescued: status === 'ready' && outcome.rescued ? JSON.stringify(outcome.rescued) : null,
  });
}
