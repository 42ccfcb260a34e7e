import pg from 'pg';
import { z } from 'zod';
import { simulateRide } from '../simulate/ride.js';
import { rideAsFit } from '../simulate/ride-as-fit.js';
import { type Bench, line, quantile, timed } from './line.js';
import { newAthlete } from './new-athlete.js';
import { Reader } from './reader.js';
import { withRunningApi } from './running-api.js';

const SAMPLES = 3 * 3_600;
const WARM_UP_ROUNDS = 10;
const ROUNDS = 40;

/**
 * Full streams of three hours at 1 Hz, all channels, the whole request. The limit is reading as many rows of ten
 * float columns, with the values of the same ride, through `pg` alone. Both take turns.
 */
export const bench: Bench = async (settings, print) => {
  const database = new pg.Client(settings.TIMESCALE_URL);
  await database.connect();
  try {
    await withRunningApi(settings, async (url) => {
      const athlete = await newAthlete(url);
      const ride = simulateRide({ durationSeconds: SAMPLES, seed: 42, pauses: 0 });
      const { uploadId } = await athlete.upload('ride.fit', new Uint8Array(rideAsFit(ride)));
      const { activityIds } = await athlete.whenProcessed(uploadId);
      const path = `/v1/activities/${activityIds[0]}/streams`;
      const { originalCount } = await athlete.get(path, z.object({ originalCount: z.number() }));
      await copyAsFloats(database, activityIds[0] ?? '', originalCount);

      const reader = new Reader(athlete);
      const works = {
        limit: () => database.query({ name: 'ten-floats', text: TEN_FLOATS }),
        identity: () => reader.get(path),
        gzip: () => reader.get(path, 'gzip'),
      };
      const times = { limit: [] as number[], identity: [] as number[], gzip: [] as number[] };
      for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
        for (const name of ['limit', 'identity', 'gzip'] as const) {
          const milliseconds = await timed(works[name]);
          if (round >= 0) times[name].push(milliseconds);
        }
      }
      reader.close();
      const limit = quantile(times.limit, 0.5);
      print(line('streams', quantile(times.identity, 0.5), 'ms', limit));
      print(line('streams-gzip', quantile(times.gzip, 0.5), 'ms', limit));
    });
  } finally {
    await database.query('DROP TABLE IF EXISTS bench_ten_floats');
    await database.end();
  }
};

const TEN_FLOATS = 'SELECT a, b, c, d, e, f, g, h, i, j FROM bench_ten_floats ORDER BY a';

/** @throws when the ride did not become all its samples */
async function copyAsFloats(database: pg.Client, activityId: string, sampleCount: number): Promise<void> {
  await database.query('DROP TABLE IF EXISTS bench_ten_floats');
  await database.query(
    `CREATE TABLE bench_ten_floats AS
     SELECT
       elapsed_seconds AS a,
       distance_meters::numeric::float8 AS b,
       altitude_meters::numeric::float8 AS c,
       speed_meters_per_second::numeric::float8 AS d,
       heart_rate_bpm::float8 AS e,
       cadence_rpm::numeric::float8 AS f,
       power_watts::float8 AS g,
       temperature_celsius::numeric::float8 AS h,
       47.3 + round(random()::numeric, 7)::float8 AS i,
       9.6 + round(random()::numeric, 7)::float8 AS j
     FROM samples
     WHERE activity_id = $1
     ORDER BY at`,
    [activityId],
  );
  if (sampleCount !== SAMPLES) throw new Error(`the ride has ${sampleCount} samples, not ${SAMPLES}`);
}
