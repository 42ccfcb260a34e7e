import type { SampleTexts } from '../../timeseries/samples.js';
import type { Positions } from '../../timeseries/tracks/polyline.js';
import type { Channel } from '../../timeseries/tracks/recording.js';
import { reduce } from '../../timeseries/tracks/reduce.js';
import { STREAM_CHANNELS, type StreamChannel } from './shapes.js';

/** What was recorded, as it was read: columns as the text of JSON arrays, positions decrypted. */
export interface Recorded extends SampleTexts {
  readonly positions: Positions | undefined;
}

/** Streams as the text of their JSON. Numbers are only parsed where some of them are picked. */
export function fullStreams({ sampleCount, columns, positions }: Recorded): string {
  return streamsText(
    { ...columns, ...(positions && { position: positionsText(positions) }) },
    { pointCount: sampleCount, originalCount: sampleCount },
  );
}

/**
 * The same with at most so many points, peaks kept.
 *
 * @param recorded with `time`, whether it was asked for or not
 * @param wanted what is answered, and whose peaks are kept
 */
export function reducedStreams(recorded: Recorded, wanted: readonly StreamChannel[], points: number): string {
  const { sampleCount, columns, positions } = recorded;
  const values = new Map(Object.entries(columns).map(([name, text]) => [name, numbersIn(text)]));
  const samples = {
    length: sampleCount,
    elapsedSeconds: values.get('time') ?? new Float64Array(),
    channels: { ...Object.fromEntries(values), ...positions },
  };
  const indices = reduce(samples, wanted.flatMap(channelsOf), points);
  const texts = [...values]
    .filter(([name]) => wanted.some((channel) => channel === name))
    .map(([name, column]) => [name, `[${Array.from(indices, (at) => numberText(column[at])).join()}]`]);
  return streamsText(
    { ...Object.fromEntries(texts), ...(positions && { position: positionsText(positions, indices) }) },
    { pointCount: indices.length, originalCount: sampleCount },
  );
}

type ChannelTexts = Partial<Record<StreamChannel, string>>;

function streamsText(
  texts: ChannelTexts,
  counts: { readonly pointCount: number; readonly originalCount: number },
): string {
  const channels = STREAM_CHANNELS.flatMap((name) => {
    const text = texts[name];
    return text === undefined ? [] : `"${name}":${text}`;
  });
  return `{"channels":{${channels.join()}},"pointCount":${counts.pointCount},"originalCount":${counts.originalCount}}`;
}

function channelsOf(channel: StreamChannel): Channel[] {
  if (channel === 'position') return ['latitude', 'longitude'];
  return channel === 'time' ? [] : [channel];
}

function positionsText({ latitude, longitude }: Positions, indices?: Uint32Array): string {
  const texts: string[] = [];
  const length = indices?.length ?? latitude.length;
  for (let i = 0; i < length; i += 1) {
    const at = indices?.[i] ?? i;
    const north = latitude[at] ?? Number.NaN;
    texts.push(Number.isNaN(north) ? 'null' : `[${north},${longitude[at]}]`);
  }
  return `[${texts.join()}]`;
}

// As strict as it needs to be: the text comes from the database's own `array_to_json`.
function numbersIn(text: string): Float64Array {
  const values: readonly (number | null)[] = JSON.parse(text);
  return Float64Array.from(values, (value) => value ?? Number.NaN);
}

function numberText(value = Number.NaN): string {
  return Number.isNaN(value) ? 'null' : String(value);
}
