import assert from 'node:assert/strict';
import test from 'node:test';
import { gzipSync } from 'node:zlib';
import { simulateRide } from '../../../scripts/simulate/ride.js';
import { rideAsGpx, rideAsTcx } from '../../../scripts/simulate/ride-as-xml.js';
import { readTrack } from '../../../timeseries/tracks/read-track.js';
import { gpxPoints } from './broken-tracks.js';

const encode = (characters: string) => new TextEncoder().encode(characters);

test('reads every channel of GPX, whatever its prefixes are called', async () => {
  const gpx = `<?xml version="1.0"?><g:gpx xmlns:g="http://www.topografix.com/GPX/1/1" creator="A &amp; B"><g:trk>
    <g:name><![CDATA[Up & down]]></g:name><g:type>Trail Running</g:type><g:trkseg>
    ${[0, 1]
      .map(
        (
          second,
        ) => `<g:trkpt lon="9.5" lat="47.25"><g:ele>412.5</g:ele><g:time>2026-05-09T07:30:0${second}.5+02:00</g:time>
      <g:extensions><power>210</power><x:TrackPointExtension><x:hr>141</x:hr><x:cad>83</x:cad><x:atemp>17</x:atemp>
      <x:speed>3.5</x:speed></x:TrackPointExtension></g:extensions></g:trkpt>`,
      )
      .join('')}</g:trkseg></g:trk></g:gpx>`;

  const { format, legs } = await readTrack(encode(gpx));

  const [leg] = legs;
  assert.equal(format, 'gpx');
  assert.equal(leg?.sport, 'trailRun');
  assert.equal(leg?.name, 'Up & down');
  assert.equal(leg?.device, 'A & B');
  assert.equal(leg?.startedAt.toISOString(), '2026-05-09T05:30:00.500Z');
  const first = Object.entries(leg?.samples.channels ?? {}).map(([channel, values]) => [
    channel,
    values?.[0],
  ]);
  assert.deepEqual(Object.fromEntries(first), {
    latitude: 47.25,
    longitude: 9.5,
    altitude: 412.5,
    speed: 3.5,
    heartRate: 141,
    cadence: 83,
    power: 210,
    temperature: 17,
  });
});

test('takes a time without a zone for UTC', async () => {
  const gpx = gpxPoints([[0], [60]]).replaceAll('.000Z', '');

  const { legs } = await readTrack(encode(gpx));

  assert.equal(legs[0]?.startedAt.toISOString(), '2026-05-09T00:00:00.000Z');
});

for (const encoding of ['utf-8 with a byte order mark', 'utf-16', 'iso-8859-1']) {
  test(`reads XML in ${encoding}`, async () => {
    const gpx = gpxPoints([[0], [60]]).replace('<trk>', '<trk><name>Zürichsee</name>');
    const bytes =
      encoding === 'utf-16'
        ? Buffer.from(`\ufeff${gpx}`, 'utf16le')
        : encoding === 'iso-8859-1'
          ? Buffer.from(gpx.replace('?>', ' encoding="ISO-8859-1"?>'), 'latin1')
          : encode(`\ufeff${gpx}`);

    const { legs } = await readTrack(bytes);

    assert.equal(legs[0]?.name, 'Zürichsee');
  });
}

test('reads the same from chunks of any size', async () => {
  const gpx = encode(gpxPoints([[0], [60], [90]]).replace('<trk>', '<trk><name>Zürich</name>'));
  const whole = await readTrack(gpx);
  for (const size of [1, 2, 7, 300]) {
    async function* chunks() {
      for (let at = 0; at < gpx.length; at += size) yield gpx.subarray(at, at + size);
    }

    assert.deepEqual(await readTrack(chunks()), whole);
  }
});

test('reads gzip by its content, whatever the name says', async () => {
  const ride = simulateRide({ durationSeconds: 120, seed: 4 });

  const { format, legs } = await readTrack(gzipSync(rideAsTcx(ride)), 'fit');

  assert.equal(format, 'tcx');
  assert.equal(legs[0]?.samples.length, 120);
});

test('takes the gap between two segments for a pause, and an empty segment for nothing', async () => {
  const gpx = gpxPoints([[0], [10], [300], [310]]).replace(
    '</trkpt><trkpt lat="47" lon="9"><ele>400</ele><time>2026-05-09T00:05:00',
    '</trkpt></trkseg><trkseg></trkseg><trkseg><trkpt lat="47" lon="9"><ele>400</ele><time>2026-05-09T00:05:00',
  );

  const { legs } = await readTrack(encode(gpx));

  assert.deepEqual(legs[0]?.timerPauses, [{ startSeconds: 10, endSeconds: 300 }]);
});

test('parts tracks of different sports and joins those of one', async () => {
  const track = (type: string, from: number) =>
    gpxPoints([[from], [from + 60]])
      .replace(/^.*?<trk>/, `<trk><type>${type}</type>`)
      .replace('</gpx>', '');
  const gpx = `<gpx>${track('running', 0)}${track('running', 100)}${track('cycling', 200)}</gpx>`;

  const { legs } = await readTrack(encode(gpx));

  assert.deepEqual(
    legs.map(({ sport, samples }) => ({ sport, seconds: Array.from(samples.elapsedSeconds) })),
    [
      { sport: 'run', seconds: [0, 60, 100, 160] },
      { sport: 'ride', seconds: [0, 60] },
    ],
  );
});

test('reads laps, pauses, calories and maker of TCX', async () => {
  const ride = simulateRide({ durationSeconds: 3600, seed: 2 });
  const [simulated] = ride.legs;

  const { legs } = await readTrack(encode(rideAsTcx(ride)));

  const [leg] = legs;
  assert.equal(leg?.sport, 'ride');
  assert.equal(leg?.device, 'Paceline ride simulator');
  assert.equal(leg?.laps.length, simulated?.laps.length);
  assert.equal(leg?.timerPauses.length, simulated?.pauses.length);
  assert.ok((leg?.totals.energyKilocalories ?? 0) > 100);
  assert.deepEqual(Object.keys(leg?.samples.channels ?? {}).sort(), [
    'altitude',
    'cadence',
    'distance',
    'heartRate',
    'latitude',
    'longitude',
    'power',
    'speed',
  ]);
});

test('makes a leg of each activity of a TCX multisport session', async () => {
  const ride = simulateRide({ durationSeconds: 1200, seed: 5, sport: 'duathlon' });

  const { legs } = await readTrack(encode(rideAsTcx(ride)));

  assert.deepEqual(
    legs.map(({ sport }) => sport),
    ['run', 'ride', 'run'],
  );
});

test('saves what a GPX file cut short still holds', async () => {
  const gpx = encode(rideAsGpx(simulateRide({ durationSeconds: 600, seed: 1, pauses: 0 })));

  const { legs, rescued } = await readTrack(gpx.subarray(0, gpx.length / 2));

  const seconds = legs[0]?.samples.elapsedSeconds.at(-1) ?? 0;
  assert.ok(Math.abs(seconds - 300) < 10);
  assert.deepEqual(rescued, { reason: 'cutShort', readBytes: (gpx.length / 2) | 0, rescuedSeconds: seconds });
});

test('saves what a gzip cut short still holds', async () => {
  const packed = gzipSync(rideAsTcx(simulateRide({ durationSeconds: 900, seed: 1, pauses: 0 })));

  const { legs, rescued } = await readTrack(packed.subarray(0, packed.length / 2));

  assert.ok((legs[0]?.samples.length ?? 0) > 300);
  assert.equal(rescued?.reason, 'cutShort');
});

test('drops fixes at 0°, 0° and spikes, and keeps what else was measured there', async () => {
  const points = Array.from({ length: 20 }, (_, at) => [at, 47 + at * 1e-5, 9] as [number, number, number]);
  points[5] = [5, 0, 0];
  points[10] = [10, 48, 9];

  const { legs } = await readTrack(encode(gpxPoints(points)));

  const { latitude, altitude } = legs[0]?.samples.channels ?? {};
  const missing = Array.from(latitude ?? []).flatMap((degrees, at) => (Number.isNaN(degrees) ? [at] : []));
  assert.deepEqual(missing, [5, 10]);
  assert.equal(altitude?.[10], 400);
});

test('keeps a jump from which nobody came back', async () => {
  const points = Array.from(
    { length: 40 },
    (_, at) => [at, (at < 20 ? 47 : 48) + at * 1e-5, 9] as [number, number, number],
  );

  const { legs } = await readTrack(encode(gpxPoints(points)));

  assert.ok(legs[0]?.samples.channels.latitude?.every((degrees) => !Number.isNaN(degrees)));
});

test('turns values that nobody reaches into gaps', async () => {
  const beats = [0, 255, 140];
  const gpx = gpxPoints([[0], [1], [2]]);
  let at = 0;
  const withHeart = gpx.replaceAll(
    '</trkpt>',
    () => `<extensions><hr>${beats[at++]}</hr></extensions></trkpt>`,
  );

  const { legs } = await readTrack(encode(withHeart));

  assert.deepEqual(Array.from(legs[0]?.samples.channels.heartRate ?? []), [NaN, NaN, 140]);
});
