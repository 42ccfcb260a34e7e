import { pipeline } from 'node:stream';
import { z } from 'zod';
import { type ZonesInForce, zonesInForce } from '../../graph/privacy-zones.js';
import { isUploadGone } from '../../graph/upload-remains.js';
import {
  beginUpload,
  endUpload,
  type Outcome,
  type Stretch,
  type UploadFacts,
  type UploadWork,
} from '../../graph/upload-work.js';
import { originalKey, originalPlace, type UploadProblem } from '../../graph/uploads.js';
import type { Grant } from '../../policies/access.js';
import { type AthleteKey, BrokenCiphertext } from '../../policies/keys.js';
import { systemSubject } from '../../policies/subject.js';
import { deleteActivityData, writeActivityData } from '../../timeseries/activity-data.js';
import { MAX_ELAPSED_SECONDS, TRACK_FORMATS } from '../../timeseries/tracks/recording.js';
import { UnreadableTrack } from '../../timeseries/tracks/unreadable-track.js';
import { activityIdOf } from '../ids.js';
import { job, type Run } from '../jobs/job.js';
import { ObjectMissing } from '../stores/objects.js';
import type { App } from '../wiring.js';
import { copiesAmong, wholeOnes } from './copies.js';
import { newActivity } from './new-activity.js';
import type { PreparedLeg, PreparedTrack } from './prepare-track.js';
import { ThreadFailed, TrackThreads } from './track-threads.js';
import { deleteUnknownRecordings } from './unknown-recordings.js';
import { uploadTopic } from './upload-view.js';
import { hideEnds, zonesTask } from './zones-task.js';

/** Payload of `upload.received`. */
const UploadReceived = z.object({ uploadId: z.uuid(), athleteId: z.uuid() });

const threads = new TrackThreads();

/**
 * Turns an uploaded file into activities.
 *
 * It may be killed between any two steps and runs again from the start: the ids of the activities follow from the
 * upload, the rows of an activity are replaced as a whole, and the graph changes in one transaction at the end.
 */
export const processUpload = job({
  name: 'upload.process',
  on: ['upload.received'],
  concurrency: (config) => config.UPLOAD_CONCURRENCY,
  start: () => threads.warmUp(),
  run: async (app, event, run) => {
    const { uploadId, athleteId } = UploadReceived.parse(event.payload);
    const work = await beginUpload(app.graph, uploadId);
    if (!work) {
      if (await isUploadGone(app.graph, uploadId))
        await deleteRemains(app, { uploadId, athleteId }, event.eventId);
      else app.news.tell(uploadTopic(uploadId));
      return;
    }
    await run.step('begun');
    const task = new UploadTask(app, uploadId, work, event.eventId);
    for (;;) {
      const track = await task.read();
      await run.step('read');
      // Zones that change meanwhile would leave it cut by those of before.
      if (!track || (await task.store(track, run))) break;
    }
    app.news.tell(uploadTopic(uploadId));
  },
});

/** Deletes what an earlier run may have stored of an upload that is gone since. */
async function deleteRemains(
  { access, series }: App,
  { uploadId, athleteId }: z.output<typeof UploadReceived>,
  requestId: string,
): Promise<void> {
  const grant = access.require(systemSubject('worker', requestId), 'upload.process', {
    resource: { kind: 'upload', id: uploadId, ownerId: athleteId },
    facts: { status: 'gone' },
  });
  for (let leg = 0; leg < USUAL_LEGS; leg += 1) {
    await deleteActivityData(series, grant, activityIdOf(uploadId, leg));
  }
}

const USUAL_LEGS = 8; // a triathlon has five with its changes; of a longer race the sweeper finds the rest

/** Work on one upload. */
class UploadTask {
  readonly #app: App;
  readonly #uploadId: string;
  readonly #work: UploadWork;
  readonly #key: AthleteKey;
  readonly #requestId: string;
  #zonesVersion: number;
  readonly #decide: (facts: Pick<UploadFacts, 'status' | 'ownerStanding'>) => Grant;

  constructor(app: App, uploadId: string, work: UploadWork, requestId: string) {
    const { athleteId, wrappedKey } = work;
    this.#app = app;
    this.#uploadId = uploadId;
    this.#work = work;
    this.#requestId = requestId;
    this.#zonesVersion = work.zonesVersion;
    this.#key = app.masterKey.unwrap(athleteId, wrappedKey);
    const resource = { kind: 'upload', id: uploadId, ownerId: athleteId };
    this.#decide = ({ status, ownerStanding }) =>
      app.access.require(systemSubject('worker', requestId), 'upload.process', {
        resource,
        facts: { status, ownerStanding },
      });
  }

  /** Reads the file; undefined when that is impossible, and then the upload says why. */
  async read(): Promise<PreparedTrack | undefined> {
    try {
      for (;;) {
        const zones = await this.#zones();
        const track = await this.#readBy(zones);
        if (!zones || !track.unknownEnds) return track;
        await hideEnds(this.#app, this.#decide(this.#work), this.#athlete, zones, track.unknownEnds);
      }
    } catch (error) {
      const problem = problemOf(error);
      if (!problem) throw error;
      if (!(error instanceof UnreadableTrack)) {
        this.#app.log.error({ err: error, uploadId: this.#uploadId }, 'an upload cannot be read');
      }
      await this.#end([], () => ({ status: 'failed', problem }));
      return undefined;
    }
  }

  get #athlete() {
    return { athleteId: this.#work.athleteId, key: this.#key };
  }

  /** Nothing is asked for athletes who never had a zone. */
  async #zones(): Promise<ZonesInForce | undefined> {
    if (this.#zonesVersion === 0) return undefined;
    const zones = await zonesInForce(this.#app.graph, this.#decide(this.#work), this.#athlete);
    this.#zonesVersion = zones.zonesVersion;
    return zones;
  }

  async #readBy(zones: ZonesInForce | undefined): Promise<PreparedTrack> {
    const { athleteId, format } = this.#work;
    const place = originalPlace(athleteId, this.#uploadId);
    const stored = await this.#app.objects.get(originalKey(athleteId, this.#uploadId));
    const original = pipeline(stored, this.#key.decryptStream(place), () => {}); // readers hear of errors
    try {
      const track = await threads.read(original, {
        uploadId: this.#uploadId,
        format: z.enum(TRACK_FORMATS).parse(format),
        ...(zones && zones.zones.length > 0 && { zones: zonesTask(zones, this.#key) }),
      });
      refuseFuture(track, this.#app.now());
      return track;
    } finally {
      original.destroy();
    }
  }

  /**
   * Stores what is new in the file. Nearly all files are, so their rows are written first; when the lock of the athlete
   * shows that a leg is a copy, its rows are taken away again before anybody is told.
   *
   * @returns false when the athlete's zones have changed since the file was read
   */
  async store(track: PreparedTrack, run: Run): Promise<boolean> {
    let copies: readonly (string | undefined)[] = track.legs.map(() => undefined);
    for (;;) {
      await this.#replaceData(track.legs, copies);
      await run.step('stored');
      let copiesNow = copies;
      let zonesVersion = this.#zonesVersion;
      const outcome = await this.#end(track.legs, (facts) => {
        zonesVersion = facts.zonesVersion;
        if (zonesVersion !== this.#zonesVersion) return undefined;
        copiesNow = copiesAmong(wholeOnes(facts, this.#athlete), track.legs);
        return copiesNow.every((copy, leg) => copy === copies[leg])
          ? this.#outcome(track, copies, facts)
          : undefined;
      });
      await run.step('ended');
      // Nothing of what a worker that was thought dead may have made of the same upload meanwhile.
      if (outcome === 'gone')
        await this.#deleteUnknown([...track.legs.map(idOf), ...publicIdsOf(track.legs)]);
      if (outcome !== undefined) return true;
      if (zonesVersion !== this.#zonesVersion) {
        // The recordings themselves are replaced next, or another worker has made them an activity's.
        await this.#deleteUnknown(publicIdsOf(track.legs));
        this.#zonesVersion = zonesVersion;
        return false;
      }
      copies = copiesNow;
    }
  }

  #end(legs: readonly PreparedLeg[], outcomeOf: (facts: UploadFacts) => Outcome | undefined) {
    const { athleteId, sha256 } = this.#work;
    const stretch = stretchOf(legs);
    return endUpload(
      this.#app.graph,
      {
        athleteId,
        uploadId: this.#uploadId,
        sha256,
        longestSeconds: MAX_ELAPSED_SECONDS,
        ...(stretch && { stretch }),
      },
      this.#decide,
      outcomeOf,
    );
  }

  /** Writes the rows of new legs, and takes away those of copies that another run has written. */
  async #replaceData(legs: readonly PreparedLeg[], copies: readonly (string | undefined)[]): Promise<void> {
    const grant = this.#decide(this.#work);
    const owner = this.#athlete;
    const [copied, added] = [legs.filter((_, leg) => copies[leg]), legs.filter((_, leg) => !copies[leg])];
    await this.#deleteData(copied);
    if (added.length === 0) return;
    await this.#app.series.transaction(async (transaction) => {
      for (const leg of added) {
        await writeActivityData(transaction, grant, owner, leg);
        if (leg.cut?.visible) await writeActivityData(transaction, grant, owner, leg.cut.visible);
      }
    });
  }

  async #deleteData(legs: readonly PreparedLeg[]): Promise<void> {
    const grant = this.#decide(this.#work);
    for (const id of [...legs.map(idOf), ...publicIdsOf(legs)]) {
      await deleteActivityData(this.#app.series, grant, id);
    }
  }

  #deleteUnknown(recordingIds: readonly string[]) {
    return deleteUnknownRecordings(this.#app, recordingIds, this.#requestId);
  }

  #outcome(
    { legs, rescued }: PreparedTrack,
    copies: readonly (string | undefined)[],
    { sharing }: UploadFacts,
  ): Outcome {
    const duplicateOf = copies.find((copy) => copy !== undefined);
    const added = legs.filter((_, leg) => copies[leg] === undefined);
    if (duplicateOf !== undefined && added.length === 0) return { status: 'duplicate', duplicateOf };
    const file = { uploadId: this.#uploadId, work: this.#work, sharing, isMultisport: legs.length > 1 };
    const activities = added.map((leg) => newActivity(leg, file, this.#key));
    return { status: 'ready', activities, duplicateOf, rescued };
  }
}

// It would stand on top of every feed until its time has come. A day, since watches may be set to any local time.
const MAX_AHEAD_MILLISECONDS = 86_400_000;

/** @throws {UnreadableTrack} */
function refuseFuture({ legs }: PreparedTrack, now: Date): void {
  const leg = legs.find(({ startedAt }) => startedAt.getTime() > now.getTime() + MAX_AHEAD_MILLISECONDS);
  if (leg) throw new UnreadableTrack('track-in-the-future', { startedAt: leg.startedAt.toISOString() });
}

const idOf = ({ activityId }: PreparedLeg): string => activityId;

const publicIdsOf = (legs: readonly PreparedLeg[]): string[] =>
  legs.flatMap(({ cut }) => (cut ? [cut.publicRecordingId] : []));

function stretchOf(legs: readonly PreparedLeg[]): Stretch | undefined {
  const [first, last] = [legs[0], legs.at(-1)];
  return first && last && { startedAt: first.span.startedAt, endedAt: last.span.endedAt };
}

/** What to tell the athlete; undefined when trying again may help. */
function problemOf(error: unknown): UploadProblem | undefined {
  if (error instanceof UnreadableTrack) {
    return { slug: error.problem, detail: error.message, fields: error.fields };
  }
  if (error instanceof ThreadFailed || error instanceof ObjectMissing || error instanceof BrokenCiphertext) {
    return { slug: 'upload-not-processed', detail: 'the fault is ours, not that of the file', fields: {} };
  }
  return undefined;
}
