import { randomUUID } from 'node:crypto';
import { Decoder, Stream } from '@garmin/fitsdk';
import { z } from 'zod';
import { Series, type SeriesTransaction, sql } from '../../timeseries/pool.js';
import { sampleRows } from '../../timeseries/sample-rows.js';
import { readTrack } from '../../timeseries/tracks/read-track.js';
import type { RestClient } from '../rest-client.js';
import { simulateRide } from '../simulate/ride.js';
import { rideAsFit } from '../simulate/ride-as-fit.js';
import { type Bench, line, quantile, timed } from './line.js';
import { newAthlete } from './new-athlete.js';
import { withRunningApi } from './running-api.js';

const FILES = 20;
// The compiler of Neo4j's Java has work for about a thousand uploads, however short; what reads the files is warm long
// before, but only of long ones.
const SHORT_ROUNDS = 40;
const LONG_ROUNDS = 10;
const SHORT_SECONDS = 300;
const LONG_SECONDS = 3_600;
const ROUNDS = 5;
const ONE_FILE_GOAL_ABOVE_LIMIT_MILLISECONDS = 80;
const FIRST_DAY = Date.UTC(2020, 0, 6, 6);

/**
 * Twenty files of one hour at 1 Hz handed in at once, one worker, from POST to readable; then one file alone.
 * The limit is what cannot be avoided: parsing each with the SDK alone and writing the same rows by COPY.
 */
export const bench: Bench = async (settings, print) => {
  await withRunningApi(settings, async (url) => {
    const athlete = await newAthlete(url);
    let day = 0;
    const newFiles = (count: number, seconds = LONG_SECONDS) =>
      Array.from({ length: count }, () => newRide(day++, seconds));
    for (let round = 0; round < SHORT_ROUNDS; round += 1)
      await handInAll(athlete, newFiles(FILES, SHORT_SECONDS));
    for (let round = 0; round < LONG_ROUNDS; round += 1) await handInAll(athlete, newFiles(FILES));

    const measure = async (count: number) => {
      const runs: { total: number; limit: number }[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const files = newFiles(count);
        const limit = await limitOf(files, settings.TIMESCALE_URL ?? '');
        runs.push({ total: await timed(() => handInAll(athlete, files)), limit });
      }
      const medianOf = (values: readonly number[]) => quantile(values, 0.5);
      return {
        total: medianOf(runs.map(({ total }) => total)),
        limit: medianOf(runs.map(({ limit }) => limit)),
      };
    };
    const many = await measure(FILES);
    print(line('ingest', many.total, 'ms', many.limit));
    const one = await measure(1);
    print(line('ingest-one', one.total, 'ms', one.limit + ONE_FILE_GOAL_ABOVE_LIMIT_MILLISECONDS));
  });
};

function newRide(index: number, durationSeconds: number): Uint8Array<ArrayBuffer> {
  const startedAt = new Date(FIRST_DAY + index * 86_400_000);
  const ride = simulateRide({ sport: 'ride', seed: index, durationSeconds, startedAt });
  return new Uint8Array(rideAsFit(ride));
}

/** @throws when a file does not become exactly one activity that can be read */
async function handInAll(athlete: RestClient, files: readonly Uint8Array<ArrayBuffer>[]): Promise<void> {
  await Promise.all(
    files.map(async (file, index) => {
      const { uploadId } = await athlete.upload(`ride-${index}.fit`, file);
      const { status, activityIds } = await athlete.whenProcessed(uploadId);
      if (status !== 'ready' || activityIds.length !== 1) throw new Error(`upload ${index} is ${status}`);
      await athlete.get(`/v1/activities/${activityIds[0]}`, z.object({ activityId: z.string() }));
    }),
  );
}

async function limitOf(files: readonly Uint8Array[], timescaleUrl: string): Promise<number> {
  const series = new Series(timescaleUrl);
  try {
    let limit = 0;
    for (const file of files) {
      limit += await timed(() => new Decoder(Stream.fromByteArray(file)).read());
      const { legs } = await readTrack(file);
      const activityId = randomUUID();
      const rows = legs.flatMap((leg) => sampleRows(activityId, leg).batches);
      limit += await timed(() => series.transaction((transaction) => copyRows(transaction, rows)));
    }
    return limit;
  } finally {
    await series.close();
  }
}

const copySamples = sql<object, object>('samples/copy.sql');
const copyRows = (transaction: SeriesTransaction, rows: readonly Uint8Array[]) =>
  transaction.copy(copySamples, rows);
