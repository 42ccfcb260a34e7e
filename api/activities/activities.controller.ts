import { z } from 'zod';
import { changeActivity, deleteActivity, makeActivity } from '../../graph/activity-changes.js';
import { type Activity, activityById, originalOfActivity } from '../../graph/sealed-activities.js';
import { wishesOf } from '../../graph/sharing.js';
import type { Grant, Subject } from '../../policies/access.js';
import { type BestEfforts, readBestEfforts } from '../../timeseries/best-efforts.js';
import { readLaps, type StoredLap } from '../../timeseries/laps.js';
import { callerId } from '../http/caller.js';
import { type Answer, type Call, created, Endpoint, file, noContent, ok } from '../http/endpoint.js';
import { BadBody, NotFound } from '../http/problems.js';
import { activityIdOf } from '../ids.js';
import { ObjectMissing } from '../stores/objects.js';
import { openOriginal } from '../stores/originals.js';
import type { App } from '../wiring.js';
import { ActivityEdit, ActivityKey, ActivityView, ManualActivity, summaryView } from './shapes.js';

type OfActivity = Call<{ params: typeof ActivityKey }>;

export class ActivitiesController {
  constructor(private readonly app: App) {}

  @Endpoint('POST /v1/activities', {
    action: 'activity.create',
    decided: 'inside',
    summary: 'Make an activity by hand',
    body: ManualActivity,
    answers: { 201: ActivityView },
  })
  async create({ subject, body, idOf }: Call<{ body: typeof ManualActivity }>): Promise<Answer> {
    const { access, graph } = this.app;
    const [athleteId, activityId] = [callerId(subject), activityIdOf(idOf('activity'))];
    refuseFuture(body.startedAt, this.app.now());
    const resource = { kind: 'activity', id: activityId, ownerId: athleteId };
    const grant = access.require(subject, 'activity.create', { resource, facts: {} });
    await makeActivity(graph, grant, manualActivity(body, { athleteId, activityId }));
    const { view, version } = await this.#read(subject, activityId);
    return created(view, `/v1/activities/${activityId}`, { version });
  }

  @Endpoint('GET /v1/activities/{activityId}', {
    action: 'activity.read',
    decided: 'inside',
    summary: 'Read an activity',
    params: ActivityKey,
    answers: { 200: ActivityView },
  })
  async read({ subject, params }: OfActivity): Promise<Answer> {
    const { view, version } = await this.#read(subject, params.activityId);
    return ok(view, { version });
  }

  @Endpoint('PATCH /v1/activities/{activityId}', {
    action: 'activity.update',
    decided: 'inside',
    summary: 'Change what an activity says about itself',
    description:
      'Who may see it, and which parts of it, is decided by its `visibility` and those of its parts from the next request on.',
    params: ActivityKey,
    body: ActivityEdit,
    answers: { 200: ActivityView },
    problems: ['stale-version'],
  })
  async update(call: Call<{ params: typeof ActivityKey; body: typeof ActivityEdit }>): Promise<Answer> {
    const { access, graph } = this.app;
    const { subject, params, body, ifMatchVersion } = call;
    const isDone = await changeActivity(
      graph,
      (target) => access.require(subject, 'activity.update', target),
      {
        ...params,
        viewerId: callerId(subject),
        changes: body,
        expectedVersion: ifMatchVersion,
      },
    );
    if (!isDone) throw new NotFound('activity');
    const { view, version } = await this.#read(subject, params.activityId);
    return ok(view, { version });
  }

  @Endpoint('DELETE /v1/activities/{activityId}', {
    action: 'activity.delete',
    decided: 'inside',
    summary: 'Delete an activity',
    description: 'It is gone at once; what was recorded is cleared from every store within seconds.',
    params: ActivityKey,
    answers: { 204: null },
    problems: ['stale-version'],
  })
  async remove({ subject, params, ifMatchVersion }: OfActivity): Promise<Answer> {
    const { access, graph } = this.app;
    const isDone = await deleteActivity(
      graph,
      (target) => access.require(subject, 'activity.delete', target),
      { ...params, viewerId: callerId(subject), expectedVersion: ifMatchVersion },
    );
    if (!isDone) throw new NotFound('activity');
    return noContent();
  }

  @Endpoint('GET /v1/activities/{activityId}/original', {
    action: 'activity.readOriginal',
    decided: 'inside',
    summary: 'Download the file that an activity was made from',
    params: ActivityKey,
    answers: { 200: z.file() },
    produces: 'application/octet-stream',
  })
  async original({ subject, params }: OfActivity): Promise<Answer> {
    const { access, graph } = this.app;
    const sealed = await originalOfActivity(graph, { ...params, viewerId: subject.athleteId ?? null });
    if (!sealed) throw new NotFound('activity');
    const { original } = access.open(subject, 'activity.readOriginal', sealed);
    if (!original) throw new NotFound('original');
    const { fileName, sizeBytes } = original;
    const content = await openOriginal(this.app, original).catch(asNotFound);
    return file(content, { contentType: 'application/octet-stream', fileName, bytes: sizeBytes });
  }

  async #read(subject: Subject, activityId: string): Promise<{ view: object; version: number }> {
    const { access, graph, masterKey } = this.app;
    const viewerId = subject.athleteId ?? null;
    const sealed = await activityById(graph, masterKey, { activityId, viewerId });
    if (!sealed) throw new NotFound('activity');
    const { content, grant } = access.openWithGrant(subject, 'activity.read', sealed);
    const { version, ...activity } = content;
    return { view: activityView(activity, await this.#recorded(grant, content)), version };
  }

  async #recorded(grant: Grant, { source, ...ids }: Activity): Promise<Recorded> {
    if (source === 'manual') return NOTHING_RECORDED;
    const { series } = this.app;
    const [laps, bestEfforts] = await Promise.all([
      readLaps(series, grant, ids),
      readBestEfforts(series, grant, ids),
    ]);
    return { laps, bestEfforts };
  }
}

interface Recorded {
  readonly laps: readonly StoredLap[];
  readonly bestEfforts: BestEfforts;
}

const NOTHING_RECORDED: Recorded = { laps: [], bestEfforts: { bestDistances: [], bestPowers: [] } };

function activityView(
  { publicRecordingId: _, ...activity }: Omit<Activity, 'version'>,
  recorded: Recorded,
): object {
  return { ...summaryView(activity), ...recorded };
}

// It would stand on top of every feed until then. Clocks differ, but not by a day.
function refuseFuture(startedAt: Date, now: Date): void {
  if (startedAt.getTime() <= now.getTime() + DAY_MILLISECONDS) return;
  throw new BadBody([{ path: 'startedAt', message: 'must not be in the future' }]);
}

const DAY_MILLISECONDS = 86_400_000;

function manualActivity(
  body: z.output<typeof ManualActivity>,
  ids: { readonly athleteId: string; readonly activityId: string },
) {
  const { name, description = null, sport, startedAt, elapsedSeconds } = body;
  const { movingSeconds = elapsedSeconds, distanceMeters = null, climbMeters = null } = body;
  const averageSpeedMetersPerSecond =
    distanceMeters === null ? null : Number((distanceMeters / movingSeconds).toFixed(3));
  return {
    ...ids,
    name,
    description,
    sport,
    sharing: wishesOf(body),
    startedAt,
    figures: { elapsedSeconds, movingSeconds, distanceMeters, climbMeters, averageSpeedMetersPerSecond },
  };
}

// The file goes last when an activity is deleted; a reader may come in between.
function asNotFound(error: unknown): never {
  throw error instanceof ObjectMissing ? new NotFound('original') : error;
}
