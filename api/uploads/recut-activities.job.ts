import { pipeline } from 'node:stream';
import { z } from 'zod';
import { type ZonesInForce, zonesInForce } from '../../graph/privacy-zones.js';
import {
  type RecutActivity,
  recutActivity,
  recutWork,
  skipRecut,
  tellZonesApplied,
} from '../../graph/recut-activities.js';
import { originalKey, originalPlace } from '../../graph/uploads.js';
import type { Grant } from '../../policies/access.js';
import type { AthleteKey } from '../../policies/keys.js';
import { systemSubject } from '../../policies/subject.js';
import { deleteActivityData, writeActivityData } from '../../timeseries/activity-data.js';
import { decodePolyline } from '../../timeseries/tracks/polyline.js';
import { TRACK_FORMATS } from '../../timeseries/tracks/recording.js';
import { UnreadableTrack } from '../../timeseries/tracks/unreadable-track.js';
import { job, type Run } from '../jobs/job.js';
import { ObjectMissing } from '../stores/objects.js';
import type { App } from '../wiring.js';
import { areasNear } from './cut-leg.js';
import type { PreparedLeg } from './prepare-track.js';
import { storedMeasures } from './stored-measures.js';
import { TrackThreads } from './track-threads.js';
import { hideEnds, type ZonesTask, zonesTask } from './zones-task.js';

const OfAthlete = z.object({ athleteId: z.uuid() });

const threads = new TrackThreads();

/**
 * Measures the activities of an athlete again whose zones have changed, newest first.
 *
 * It may be killed between any two steps: each activity is due until the transaction that replaces its figures, and what
 * is written to the series before has an id of its own. What that transaction replaced is deleted by an event of it, and
 * the sweeper deletes what was never named.
 */
export const recutActivities = job({
  name: 'activity.recut',
  on: ['privacyZones.changed'],
  run: async (app, { payload, eventId }, run) => {
    const { athleteId } = OfAthlete.parse(payload);
    for (;;) {
      const work = await recutWork(app.graph, athleteId, ACTIVITIES_PER_ROUND);
      if (!work) return;
      const grant = app.access.require(systemSubject('worker', eventId), 'privacyZone.apply', {
        resource: { kind: 'athlete', id: athleteId, ownerId: athleteId },
        facts: { ownerStanding: work.ownerStanding },
      });
      if (work.activities.length === 0) return tellZonesApplied(app.graph, grant, athleteId);
      const key = app.masterKey.unwrap(athleteId, work.wrappedKey);
      const recut = new Recut(app, grant, { athleteId, key }, run);
      for (const activity of work.activities) await recut.activity(activity);
    }
  },
});

const ACTIVITIES_PER_ROUND = 20;

/** Measures activities of one athlete again. */
class Recut {
  readonly #app: App;
  readonly #grant: Grant;
  readonly #athlete: { readonly athleteId: string; readonly key: AthleteKey };
  readonly #run: Run;

  constructor(app: App, grant: Grant, athlete: { athleteId: string; key: AthleteKey }, run: Run) {
    this.#app = app;
    this.#grant = grant;
    this.#athlete = athlete;
    this.#run = run;
  }

  async activity(activity: RecutActivity): Promise<void> {
    for (;;) {
      const inForce = await zonesInForce(this.#app.graph, this.#grant, this.#athlete);
      const isDone = await this.#measure(activity, inForce).catch((error: unknown) =>
        this.#skip(activity, inForce, error),
      );
      await this.#run.step('recut');
      if (isDone) return;
    }
  }

  /** False when zones changed meanwhile. */
  async #measure(activity: RecutActivity, inForce: ZonesInForce): Promise<boolean> {
    const { series } = this.#app;
    const task = zonesTask(inForce, this.#athlete.key);
    if (!this.#isConcerned(activity, task)) return this.#replace(activity, inForce, undefined);
    const leg = await this.#leg(activity, inForce, task);
    if (leg === 'again') return false;
    const visible = leg.cut?.visible;
    if (visible) {
      await series.transaction((transaction) =>
        writeActivityData(transaction, this.#grant, this.#athlete, visible),
      );
    }
    await this.#run.step('stored');
    return this.#replace(activity, inForce, leg);
  }

  // Others go on seeing nothing of it: without its recording nobody knows what would be hidden.
  async #skip({ activityId }: RecutActivity, { zonesVersion }: ZonesInForce, error: unknown): Promise<true> {
    if (!(error instanceof ObjectMissing || error instanceof UnreadableTrack)) throw error;
    this.#app.log.error(
      { err: error, activityId },
      'an activity cannot be measured again and stays withheld',
    );
    await skipRecut(this.#app.graph, this.#grant, { activityId, zonesVersion });
    return true;
  }

  async #replace(
    activity: RecutActivity,
    { zonesVersion }: ZonesInForce,
    leg: PreparedLeg | undefined,
  ): Promise<boolean> {
    const { graph, series } = this.#app;
    const { athleteId, key } = this.#athlete;
    const measures = leg && storedMeasures(leg, athleteId, key);
    const outcome = await recutActivity(graph, this.#grant, {
      athleteId,
      activity,
      zonesVersion,
      measures,
    });
    await this.#run.step('replaced');
    const written = leg?.cut?.publicRecordingId;
    // When it has to be done again, another worker may have given an activity what has the same id.
    if (outcome === 'gone' && written) await deleteActivityData(series, this.#grant, written);
    return outcome !== 'again';
  }

  /** Whether zones hide something of it, or have hidden something, or may. */
  #isConcerned({ hasPositions, isCut, wholePolyline }: RecutActivity, task: ZonesTask): boolean {
    if (!hasPositions) return false;
    if (isCut || task.zones.some(({ hidesEnds }) => hidesEnds) || wholePolyline === null) return true;
    const text = this.#athlete.key.decryptText(wholePolyline.stored, wholePolyline.place);
    return areasNear(decodePolyline(text), task).length > 0;
  }

  async #leg(
    activity: RecutActivity,
    inForce: ZonesInForce,
    zones: ZonesTask,
  ): Promise<PreparedLeg | 'again'> {
    const { athleteId, key } = this.#athlete;
    const { uploadId, format } = activity;
    if (uploadId === null) throw new ObjectMissing(`original of ${activity.activityId}`);
    const stored = await this.#app.objects.get(originalKey(athleteId, uploadId));
    const original = pipeline(stored, key.decryptStream(originalPlace(athleteId, uploadId)), () => {});
    try {
      const track = await threads.read(original, {
        uploadId,
        format: z.enum(TRACK_FORMATS).parse(format),
        zones,
      });
      if (track.unknownEnds) {
        await hideEnds(this.#app, this.#grant, this.#athlete, inForce, track.unknownEnds);
        return 'again';
      }
      const leg = track.legs.find(({ activityId }) => activityId === activity.activityId);
      if (!leg) throw new UnreadableTrack('track-without-measurements');
      return leg;
    } finally {
      original.destroy();
    }
  }
}
