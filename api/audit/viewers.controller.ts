import { targetOf } from '../../graph/activity-facts.js';
import { accessTo } from '../../graph/sealed-activities.js';
import { viewingsOf } from '../../timeseries/decision-reads.js';
import { ActivityKey } from '../activities/shapes.js';
import { type Answer, type Call, Endpoint, ok } from '../http/endpoint.js';
import { NotFound } from '../http/problems.js';
import type { App } from '../wiring.js';
import { ViewersView } from './shapes.js';
import { countedViewers } from './viewers.js';

const HOUR_MILLISECONDS = 3_600_000;
const HOURS = 90 * 24;

/** Tells athletes who looks at what they share, without telling who. */
export class ViewersController {
  constructor(private readonly app: App) {}

  @Endpoint('GET /v1/activities/{activityId}/viewers', {
    action: 'activity.listViewers',
    decided: 'inside',
    summary: 'Count which kinds of viewers have opened an activity of yours',
    description:
      'Of the last ninety days up to the last full hour, each athlete once. Counts are rounded down to steps; of ' +
      'fewer than three nothing is told, not even whether there were any.',
    params: ActivityKey,
    answers: { 200: ViewersView },
  })
  async list({ subject, params }: Call<{ params: typeof ActivityKey }>): Promise<Answer> {
    const { access, graph, series, now } = this.app;
    const ids = { ...params, viewerId: subject.athleteId ?? null };
    const activity = await accessTo({ run: (query, parameters) => graph.query(query, parameters) }, ids);
    if (!activity) throw new NotFound('activity');
    const grant = access.require(subject, 'activity.listViewers', targetOf(activity));
    // Whoever asks every second would learn when the third came, and could guess who.
    const until = new Date(Math.floor(now().getTime() / HOUR_MILLISECONDS) * HOUR_MILLISECONDS);
    const since = new Date(until.getTime() - HOURS * HOUR_MILLISECONDS);
    const kinds = await countedViewers(this.app, await viewingsOf(series, grant, { since, until }));
    return ok({ since: since.toISOString(), until: until.toISOString(), kinds });
  }
}
