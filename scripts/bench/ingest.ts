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
const WARM_UP_FILES = 20;
const POLL_MILLISECONDS = 10;
// Twenty clients that each asked a hundred times a second would be most of what is measured.
const POLL_MILLISECONDS_OF_MANY = 100;
const ONE_FILE_GOAL_ABOVE_LIMIT_MILLISECONDS = 80;
const FIRST_DAY = Date.UTC(2020, 0, 6, 6);

/**
 * Twenty files of one hour at 1 Hz handed in at once, one worker, from POST to readable; then one file alone.
 * The limit is what cannot be avoided: parsing each with the SDK alone and writing the same rows by COPY.
 */
export const bench: Bench = async (settings, print) => {
  await withRunningApi(settings, async (url) => {
    const warmUp = await newAthlete(url);
    await handInAll(
      warmUp,
      Array.from({ length: WARM_UP_FILES }, (_, index) => hourOfRiding(index)),
    );
    const files = Array.from({ length: FILES }, (_, index) => hourOfRiding(100 + index));

    const limits = await limitsOf(files, settings.TIMESCALE_URL ?? '');
    const athlete = await newAthlete(url);
    const total = await timed(() => handInAll(athlete, files));
    const limit = limits.reduce((sum, each) => sum + each, 0);
    print(line('ingest', total, 'ms', limit));

    const alone: number[] = [];
    const aloneLimits: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      const file = hourOfRiding(200 + round);
      aloneLimits.push(...(await limitsOf([file], settings.TIMESCALE_URL ?? '')));
      alone.push(await timed(() => handInAll(athlete, [file])));
    }
    print(
      line(
        'ingest-one',
        quantile(alone, 0.5),
        'ms',
        quantile(aloneLimits, 0.5) + ONE_FILE_GOAL_ABOVE_LIMIT_MILLISECONDS,
      ),
    );
  });
};

function hourOfRiding(index: number): Uint8Array<ArrayBuffer> {
  const startedAt = new Date(FIRST_DAY + index * 86_400_000);
  const ride = simulateRide({ sport: 'ride', seed: index, durationSeconds: 3_600, startedAt });
  return new Uint8Array(rideAsFit(ride));
}

/** @throws when a file does not become exactly one activity that can be read */
async function handInAll(athlete: RestClient, files: readonly Uint8Array<ArrayBuffer>[]): Promise<void> {
  const pollMilliseconds = files.length > 1 ? POLL_MILLISECONDS_OF_MANY : POLL_MILLISECONDS;
  await Promise.all(
    files.map(async (file, index) => {
      const { uploadId } = await athlete.upload(`ride-${index}.fit`, file);
      const { status, activityIds } = await athlete.whenProcessed(uploadId, pollMilliseconds);
      if (status !== 'ready' || activityIds.length !== 1) throw new Error(`upload ${index} is ${status}`);
      await athlete.get(`/v1/activities/${activityIds[0]}`, z.object({ activityId: z.string() }));
    }),
  );
}

async function limitsOf(files: readonly Uint8Array[], timescaleUrl: string): Promise<number[]> {
  const series = new Series(timescaleUrl);
  try {
    const limits: number[] = [];
    for (const file of files) {
      const parse = await timed(() => new Decoder(Stream.fromByteArray(file)).read());
      const { legs } = await readTrack(file);
      const activityId = randomUUID();
      const rows = legs.flatMap((leg) => sampleRows(activityId, leg).batches);
      const copy = await timed(() => series.transaction((transaction) => copyRows(transaction, rows)));
      limits.push(parse + copy);
    }
    return limits;
  } finally {
    await series.close();
  }
}

const copySamples = sql<object, object>('samples/copy.sql');
const copyRows = (transaction: SeriesTransaction, rows: readonly Uint8Array[]) =>
  transaction.copy(copySamples, rows);
