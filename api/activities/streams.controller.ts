import { type StreamSource, streamsOfActivity } from '../../graph/sealed-activities.js';
import type { Grant } from '../../policies/access.js';
import { readPositions } from '../../timeseries/positions.js';
import { readSamples, type SampleColumn } from '../../timeseries/samples.js';
import type { Positions } from '../../timeseries/tracks/polyline.js';
import { type Answer, type Call, Endpoint, file } from '../http/endpoint.js';
import { NotFound } from '../http/problems.js';
import type { App } from '../wiring.js';
import { ActivityKey, STREAM_CHANNELS, type StreamChannel, StreamsQuery, StreamsView } from './shapes.js';
import { fullStreams, type Recorded, reducedStreams } from './streams.js';

type StreamsOfActivity = Call<{ params: typeof ActivityKey; query: typeof StreamsQuery }>;

export class StreamsController {
  constructor(private readonly app: App) {}

  @Endpoint('GET /v1/activities/{activityId}/streams', {
    action: 'activity.readStreams',
    decided: 'inside',
    summary: 'Read what was recorded, channel by channel',
    params: ActivityKey,
    query: StreamsQuery,
    answers: { 200: StreamsView },
  })
  async read({ subject, params, query }: StreamsOfActivity): Promise<Answer> {
    const { access, graph } = this.app;
    const { activityId } = params;
    const sealed = await streamsOfActivity(graph, { activityId, viewerId: subject.athleteId ?? null });
    if (!sealed) throw new NotFound('activity');
    const { content: source, grant } = access.openWithGrant(subject, 'activity.readStreams', sealed);
    const wanted = (query.channels ?? STREAM_CHANNELS).filter(isIn(source));
    // Nothing is told, not even how much there is of it.
    if (source.channels.length === 0) return json(NO_STREAMS);
    const { points } = query;
    if (points === undefined) {
      return json(fullStreams(await this.#recorded(grant, { ...source, activityId, channels: wanted })));
    }
    const channels = [...new Set<StreamChannel>(['time', ...wanted])];
    const recorded = await this.#recorded(grant, { ...source, activityId, channels });
    return json(reducedStreams(recorded, wanted, points));
  }

  async #recorded(grant: Grant, asked: Asked): Promise<Recorded> {
    const { channels } = asked;
    const [samples, positions] = await Promise.all([
      readSamples(this.app.series, grant, asked, channels.filter(isColumn)),
      channels.includes('position') ? this.#positions(grant, asked) : undefined,
    ]);
    return { ...samples, positions };
  }

  async #positions(grant: Grant, asked: Asked): Promise<Positions | undefined> {
    const { masterKey, series } = this.app;
    const { athleteId, activityId, publicRecordingId, wrappedKey } = asked;
    if (!wrappedKey) return undefined;
    const key = masterKey.unwrap(athleteId, wrappedKey);
    return readPositions(series, grant, { athleteId, activityId, publicRecordingId, key });
  }
}

interface Asked extends StreamSource {
  readonly activityId: string;
  readonly channels: readonly StreamChannel[];
}

const NO_STREAMS = '{"channels":{},"pointCount":0,"originalCount":0}';

const json = (text: string): Answer => file(text, { contentType: 'application/json' });

const isColumn = (channel: StreamChannel): channel is SampleColumn => channel !== 'position';

/** Whether an activity has a channel; whatever was recorded has its time. */
function isIn({ channels }: StreamSource): (channel: StreamChannel) => boolean {
  return (channel) => channels.includes(channel) || (channel === 'time' && channels.length > 0);
}
