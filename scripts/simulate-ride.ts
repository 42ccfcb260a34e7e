import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { SIMULATED_SPORTS, type SimulatedRide, simulateRide } from './simulate/ride.js';
import { rideAsFit } from './simulate/ride-as-fit.js';
import { rideAsGpx, rideAsTcx } from './simulate/ride-as-xml.js';

const USAGE = `Writes a simulated recording as a watch would.

  node dist/scripts/simulate-ride.js --out FILE.(fit|gpx|tcx)[.gz] [--minutes 60] [--seed 1]
    [--sport ${SIMULATED_SPORTS.join('|')}] [--start 2026-05-09T07:30:00Z] [--indoor]
`;

function main(): void {
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      minutes: { type: 'string', default: '60' },
      seed: { type: 'string', default: '1' },
      sport: { type: 'string', default: 'ride' },
      start: { type: 'string' },
      indoor: { type: 'boolean', default: false },
    },
  });
  const sport = SIMULATED_SPORTS.find((name) => name === values.sport);
  const startedAt = values.start === undefined ? undefined : new Date(values.start);
  const minutes = Number(values.minutes);
  const write = writerFor(values.out ?? '');
  if (!write || !sport || !(minutes > 0) || Number.isNaN(startedAt?.getTime())) {
    process.stderr.write(USAGE);
    process.exitCode = 2;
    return;
  }
  const ride = simulateRide({
    durationSeconds: Math.round(minutes * 60),
    seed: Number(values.seed),
    sport,
    indoor: values.indoor,
    ...(startedAt && { startedAt }),
  });
  const bytes = write(ride);
  writeFileSync(values.out ?? '', bytes);
  const meters = ride.legs.reduce((sum, { truth }) => sum + truth.distanceMeters, 0);
  process.stdout.write(`${values.out}: ${bytes.length} bytes, ${(meters / 1000).toFixed(1)} km\n`);
}

function writerFor(file: string): ((ride: SimulatedRide) => Uint8Array) | undefined {
  const [, format, gz] = /\.(fit|gpx|tcx)(\.gz)?$/i.exec(file) ?? [];
  if (format === undefined) return undefined;
  const text = format.toLowerCase() === 'gpx' ? rideAsGpx : rideAsTcx;
  const plain = (ride: SimulatedRide) =>
    format.toLowerCase() === 'fit' ? rideAsFit(ride) : new TextEncoder().encode(text(ride));
  return gz === undefined ? plain : (ride) => gzipSync(plain(ride));
}

main();
