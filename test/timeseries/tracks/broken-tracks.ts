import { gzipSync } from 'node:zlib';
import { simulateRide } from '../../../scripts/simulate/ride.js';
import { rideAsFit } from '../../../scripts/simulate/ride-as-fit.js';
import { rideAsGpx, rideAsTcx } from '../../../scripts/simulate/ride-as-xml.js';
import type { TrackProblem } from '../../../timeseries/tracks/unreadable-track.js';
import { FitBytes, fileId, type HandMadeField } from './fit-bytes.js';

/** A file that must not become an activity, and why. */
export interface BrokenTrack {
  /** What is wrong, in plain words. */
  readonly name: string;
  /** As an athlete would have it, with the extension that goes with it. */
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly problem: TrackProblem;
}

/** Every way to hand in a file that is no recording; made anew at each call. */
export function brokenTracks(): readonly BrokenTrack[] {
  return [...brokenFit(), ...brokenXml(), ...brokenGzip()];
}

/** A ride of ten minutes, from which broken files are made. */
export const TEN_MINUTES = simulateRide({ durationSeconds: 600, seed: 7 });

const FIT_TIME = 1_100_000_000;

function brokenFit(): BrokenTrack[] {
  const good = rideAsFit(TEN_MINUTES);
  const badCrc = Uint8Array.from(good);
  badCrc[2000] = (badCrc[2000] ?? 0) ^ 0x10;
  return [
    fit('a file of no bytes', new Uint8Array(0), 'track-empty'),
    fit('a text with the name of a recording', text('Hello, I am a ride.'), 'track-format-unknown'),
    fit('an archive', Uint8Array.from([0x50, 0x4b, 3, 4, ...new Array(60).fill(7)]), 'track-format-unknown'),
    fit('FIT with nothing but a header', good.slice(0, 14), 'track-cut-short'),
    fit('FIT cut off within its header', good.slice(0, 9), 'track-cut-short'),
    fit('FIT cut off after half a minute', good.slice(0, 1100), 'track-cut-short'),
    fit('FIT with a flipped bit', badCrc, 'track-checksum-wrong'),
    fit(
      'FIT that sets up a watch',
      new FitBytes().define(0, 0, fileId()).message(0, fileId(2)).file(),
      'track-not-an-activity',
    ),
    fit(
      'FIT without a record',
      new FitBytes().define(0, 0, fileId()).message(0, fileId()).file(),
      'track-without-measurements',
    ),
    fit(
      'FIT with a message that was never defined',
      new FitBytes().define(0, 0, fileId()).message(0, fileId()).raw(5, 1, 2, 3).file(),
      'track-damaged',
    ),
    fit(
      'FIT in which time runs backwards',
      fitOf([0, 60, 120, 30, 40, 50].map((second) => ({ second }))),
      'track-time-backwards',
    ),
    fit('FIT that takes three years', fitOf([{ second: 0 }, { second: 3 * 365 * 86_400 }]), 'track-too-long'),
    fit('FIT beyond the pole', fitOf([{ second: 0 }, { second: 1, latitude: 100 }]), 'track-off-the-globe'),
  ];
}

function brokenXml(): BrokenTrack[] {
  const goodGpx = rideAsGpx(TEN_MINUTES);
  const goodTcx = rideAsTcx(TEN_MINUTES);
  const laughs = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">${Array.from({ length: 9 }, (_, at) => `<!ENTITY lol${at + 1} "${`&lol${at || ''};`.repeat(10)}">`).join('')}]>`;
  return [
    gpx('a text with the name of a GPX file', 'Hello, I am a ride.', 'track-not-xml'),
    gpx('GPX with tags that do not match', goodGpx.replace('</trkseg>', '</trksag>'), 'track-not-xml'),
    gpx('GPX with an unknown entity', goodGpx.replace('Simulated', '&laugh;'), 'track-not-xml'),
    gpx(
      'GPX that laughs a billion times',
      `${laughs}<gpx><trk><name>&lol9;</name></trk></gpx>`,
      'track-declares-entities',
    ),
    gpx(
      'GPX with an external entity',
      '<!DOCTYPE gpx [<!ENTITY x SYSTEM "file:///etc/passwd">]><gpx><trk><name>&x;</name></trk></gpx>',
      'track-declares-entities',
    ),
    gpx('GPX cut off after half a minute', goodGpx.slice(0, 11_000), 'track-cut-short'),
    gpx('a page that asks to log in', '<html><body>Please log in.</body></html>', 'track-format-unknown'),
    gpx('tags within tags without end', '<gpx>'.repeat(100_000), 'track-damaged'),
    gpx('a text without end', `<gpx><trk><name>${'ha'.repeat(500_000)}</name></trk></gpx>`, 'track-not-xml'),
    gpx(
      'GPX of a planned route',
      gpxOf('<rte><rtept lat="47" lon="9"/><rtept lat="47.1" lon="9"/></rte>'),
      'track-without-measurements',
    ),
    gpx('GPX without times', goodGpx.replace(/<time>[^<]*<\/time>/g, ''), 'track-without-times'),
    gpx('GPX with hardly any times', gpxPoints([[0], [NaN], [NaN], [NaN], [1]]), 'track-without-times'),
    gpx(
      'GPX with nothing but times',
      gpxPoints([
        [0, '', ''],
        [1, '', ''],
        [2, '', ''],
      ]),
      'track-without-measurements',
    ),
    gpx(
      'GPX that stayed at 0°, 0°',
      gpxPoints([
        [0, 0, 0],
        [1, 0, 0],
        [2, 0, 0],
      ]),
      'track-without-measurements',
    ),
    gpx('GPX of a single point', gpxPoints([[0]]), 'track-without-measurements'),
    gpx('GPX in which time runs backwards', gpxPoints([[60], [30], [0]]), 'track-time-backwards'),
    gpx('GPX that jumps back an hour', jumpBack(goodGpx), 'track-time-backwards'),
    gpx('GPX that takes three years', gpxPoints([[0], [3 * 365 * 86_400]]), 'track-too-long'),
    gpx('GPX beyond the pole', gpxPoints([[0], [1, 91, 9]]), 'track-off-the-globe'),
    gpx('GPX beyond the date line', gpxPoints([[0], [1, 47, -181]]), 'track-off-the-globe'),
    tcx(
      'TCX with nothing but times',
      goodTcx.replace(/(<Time>[^<]*<\/Time>).*?<\/Trackpoint>/g, '$1</Trackpoint>'),
      'track-without-measurements',
    ),
    tcx('TCX without times', goodTcx.replace(/<Time>[^<]*<\/Time>/g, ''), 'track-without-times'),
    tcx('TCX of a course', goodTcx.replaceAll('Activity', 'Course'), 'track-without-measurements'),
    tcx(
      'TCX beyond the pole',
      goodTcx.replace(/<LatitudeDegrees>4/, '<LatitudeDegrees>94'),
      'track-off-the-globe',
    ),
    tcx('TCX that jumps back an hour', jumpBack(goodTcx), 'track-time-backwards'),
  ];
}

function brokenGzip(): BrokenTrack[] {
  const packed = gzipSync(rideAsFit(TEN_MINUTES));
  const damaged = Uint8Array.from(packed);
  damaged.fill(0x55, 3000, 3100);
  const padded = `<gpx>${' '.repeat(1000)}${'<wpt/>'.repeat(3_000_000)}</gpx>`;
  return [
    {
      name: 'a gzip bomb of zeros',
      fileName: 'ride.fit.gz',
      bytes: gzipSync(new Uint8Array(30_000_000)),
      problem: 'track-gzip-bomb',
    },
    {
      name: 'a gzip bomb of tags',
      fileName: 'ride.gpx.gz',
      bytes: gzipSync(padded),
      problem: 'track-gzip-bomb',
    },
    { name: 'a damaged gzip', fileName: 'ride.fit.gz', bytes: damaged, problem: 'track-gzip-broken' },
    {
      name: 'a gzip cut off at once',
      fileName: 'ride.fit.gz',
      bytes: packed.subarray(0, 12),
      problem: 'track-cut-short',
    },
    { name: 'a gzip of nothing', fileName: 'ride.gpx.gz', bytes: gzipSync(''), problem: 'track-empty' },
  ];
}

/** Records at the given seconds. */
function fitOf(points: readonly { second: number; latitude?: number }[]): Uint8Array {
  const fields = ({ second, latitude = 47 }: { second: number; latitude?: number }): HandMadeField[] => [
    { number: 253, type: 'uint32', value: FIT_TIME + second },
    { number: 0, type: 'sint32', value: Math.round((latitude * 2 ** 31) / 180) },
    { number: 1, type: 'sint32', value: Math.round((9 * 2 ** 31) / 180) },
  ];
  const bytes = new FitBytes()
    .define(0, 0, fileId())
    .message(0, fileId())
    .define(1, 20, fields({ second: 0 }));
  for (const point of points) bytes.message(1, fields(point));
  return bytes.file();
}

/** GPX points: seconds, latitude and longitude; NaN for no time. */
export function gpxPoints(
  points: readonly (readonly [number, (number | string)?, (number | string)?])[],
): string {
  const written = points.map(([second, latitude = 47, longitude = 9]) => {
    const time = Number.isNaN(second)
      ? ''
      : `<time>${new Date(Date.UTC(2026, 4, 9) + second * 1000).toISOString()}</time>`;
    return `<trkpt lat="${latitude}" lon="${longitude}"><ele>400</ele>${time}</trkpt>`;
  });
  return gpxOf(`<trk><trkseg>${written.join('')}</trkseg></trk>`);
}

function gpxOf(content: string): string {
  return `<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">${content}</gpx>`;
}

/** Sets the second half of all times an hour back. */
function jumpBack(xml: string): string {
  return xml.replace(/T07:(3[5-9]:\d\d)/g, 'T06:$1');
}

function fit(name: string, bytes: Uint8Array, problem: TrackProblem): BrokenTrack {
  return { name, fileName: 'ride.fit', bytes, problem };
}

function gpx(name: string, xml: string, problem: TrackProblem): BrokenTrack {
  return { name, fileName: 'ride.gpx', bytes: text(xml), problem };
}

function tcx(name: string, xml: string, problem: TrackProblem): BrokenTrack {
  return { name, fileName: 'ride.tcx', bytes: text(xml), problem };
}

function text(characters: string): Uint8Array {
  return new TextEncoder().encode(characters);
}
