import assert from 'node:assert/strict';
import test from 'node:test';
import { readTrack } from '../../../timeseries/tracks/read-track.js';
import { MAX_POINTS, TRACK_FORMATS } from '../../../timeseries/tracks/recording.js';
import { TRACK_PROBLEMS, UnreadableTrack } from '../../../timeseries/tracks/unreadable-track.js';
import { brokenTracks } from './broken-tracks.js';

for (const { name, fileName, bytes, problem } of brokenTracks()) {
  test(`refuses ${name}: ${problem}`, async () => {
    const format = TRACK_FORMATS.find((each) => fileName.includes(`.${each}`));

    const reason = await reasonOf(readTrack(bytes, format));

    assert.equal(reason.problem, problem);
    assert.ok(reason.hint.length > 20);
  });
}

test('every problem says in one sentence what to do', () => {
  for (const { title, hint } of Object.values(TRACK_PROBLEMS)) {
    assert.match(title, /^[A-Z].*[A-Za-z]$/);
    assert.match(hint, /^[A-Z].*\.$/);
    assert.doesNotMatch(hint, /\. [A-Z]/);
  }
});

test('refuses more points than a week at one a second, without keeping them', async () => {
  const reason = await reasonOf(readTrack(endlessGpx()));

  assert.equal(reason.problem, 'track-too-many-points');
  assert.deepEqual(reason.fields, { limit: MAX_POINTS });
});

test('lets go of the source when it refuses early', async () => {
  let isReleased = false;
  async function* source() {
    try {
      for (;;) yield new TextEncoder().encode('no recording at all '.repeat(100));
    } finally {
      isReleased = true;
    }
  }

  const reason = await reasonOf(readTrack(source()));

  assert.equal(reason.problem, 'track-format-unknown');
  assert.ok(isReleased);
});

test('an error of the source is not taken for one of the file', async () => {
  async function* failing() {
    yield new TextEncoder().encode('<gpx>'.padEnd(400));
    throw new Error('the disk is gone');
  }

  await assert.rejects(readTrack(failing()), /the disk is gone/);
});

async function reasonOf(reading: Promise<unknown>): Promise<UnreadableTrack> {
  try {
    await reading;
  } catch (error) {
    if (error instanceof UnreadableTrack) return error;
    throw error;
  }
  return assert.fail('the file was read');
}

async function* endlessGpx() {
  const encoder = new TextEncoder();
  yield encoder.encode('<gpx><trk><trkseg>');
  for (let second = 0; ; second += 1000) {
    const points = Array.from({ length: 1000 }, (_, at) => {
      const time = new Date((second + at) * 1000).toISOString();
      return `<trkpt lat="1" lon="1"><time>${time}</time></trkpt>`;
    });
    yield encoder.encode(points.join(''));
  }
}
