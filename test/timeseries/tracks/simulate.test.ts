import assert from 'node:assert/strict';
import test from 'node:test';
import { simulateRide } from '../../../scripts/simulate/ride.js';
import { rideAsFit } from '../../../scripts/simulate/ride-as-fit.js';
import { metersBetween } from '../../../timeseries/tracks/earth.js';

test('the same seed makes the same bytes, another one another ride', () => {
  const bytes = (seed: number) => Buffer.from(rideAsFit(simulateRide({ durationSeconds: 300, seed })));

  assert.ok(bytes(1).equals(bytes(1)));
  assert.ok(!bytes(1).equals(bytes(2)));
});

test('without pauses a second is a sample', () => {
  assert.equal(simulateRide({ durationSeconds: 3600, pauses: 0 }).legs[0]?.samples.length, 3600);
});

test('athletes of one place share its roads', () => {
  const [one] = simulateRide({ durationSeconds: 3600, seed: 1 }).legs;
  const [other] = simulateRide({ durationSeconds: 3600, seed: 2 }).legs;

  const way = other?.samples ?? [];
  for (const sample of (one?.samples ?? []).filter((_, at) => at % 100 === 0)) {
    const nearest = Math.min(
      ...way.map(({ latitude = 0, longitude = 0 }) =>
        metersBetween(latitude, longitude, sample.latitude ?? 0, sample.longitude ?? 0),
      ),
    );
    assert.ok(nearest < 30, `${nearest} m off the road`);
  }
});

test('riders move like riders', () => {
  const [leg] = simulateRide({ durationSeconds: 7200, seed: 9 }).legs;
  const samples = leg?.samples ?? [];

  const kilometersAnHour = ((leg?.truth.distanceMeters ?? 0) / (leg?.truth.movingSeconds ?? 1)) * 3.6;
  assert.ok(kilometersAnHour > 18 && kilometersAnHour < 35);
  for (const { heartRateBpm, powerWatts = -1, speedMetersPerSecond, cadenceRpm } of samples) {
    assert.ok(heartRateBpm > 50 && heartRateBpm < 200);
    assert.ok(powerWatts >= 0 && powerWatts < 700);
    assert.ok(speedMetersPerSecond >= 0 && speedMetersPerSecond <= 16);
    assert.ok(cadenceRpm >= 0 && cadenceRpm < 120);
  }
});
