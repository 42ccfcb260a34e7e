import type { SimulatedLeg, SimulatedRide, SimulatedSample, SimulatedSpan } from './ride.js';

/** Writes a ride as GPX 1.1 with Garmin's extension; transitions are left out, pauses part the segments. */
export function rideAsGpx(ride: SimulatedRide): string {
  const tracks = legsToWrite(ride).map(
    (leg) =>
      `  <trk>\n    <name>Simulated ${leg.sport}</name>\n    <type>${GPX_TYPE[leg.sport]}</type>\n${segments(
        leg,
      )
        .map(
          (samples) =>
            `    <trkseg>\n${samples.map((sample) => gpxPoint(leg, sample)).join('')}    </trkseg>\n`,
        )
        .join('')}  </trk>\n`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" creator="Paceline ride simulator" xmlns="http://www.topografix.com/GPX/1/1"
  xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v1">
${tracks.join('')}</gpx>
`;
}

/** Writes a ride as TCX with Garmin's extension; transitions are left out, pauses part the tracks of a lap. */
export function rideAsTcx(ride: SimulatedRide): string {
  const activities = legsToWrite(ride).map(
    (leg) => `    <Activity Sport="${TCX_SPORT[leg.sport]}">
      <Id>${instant(leg, 0)}</Id>
${leg.laps.map((lap) => tcxLap(leg, lap)).join('')}      <Creator><Name>Paceline ride simulator</Name></Creator>
    </Activity>
`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"
  xmlns:ns3="http://www.garmin.com/xmlschemas/ActivityExtension/v2">
  <Activities>
${activities.join('')}  </Activities>
</TrainingCenterDatabase>
`;
}

const GPX_TYPE = { ride: 'cycling', run: 'running', hike: 'hiking', transition: '' } as const;
const TCX_SPORT = { ride: 'Biking', run: 'Running', hike: 'Hiking', transition: '' } as const;

function legsToWrite(ride: SimulatedRide): readonly SimulatedLeg[] {
  return ride.legs.filter(({ sport }) => sport !== 'transition');
}

/** The samples, parted where the timer was stopped. */
function segments(leg: SimulatedLeg, samples: readonly SimulatedSample[] = leg.samples): SimulatedSample[][] {
  const parts: SimulatedSample[][] = [[]];
  const ends = leg.pauses.map(({ endSeconds }) => endSeconds);
  let last = samples[0]?.elapsedSeconds ?? 0;
  for (const sample of samples) {
    if (ends.some((end) => last < end && sample.elapsedSeconds >= end)) parts.push([]);
    parts.at(-1)?.push(sample);
    last = sample.elapsedSeconds;
  }
  return parts;
}

function gpxPoint(leg: SimulatedLeg, sample: SimulatedSample): string {
  const { latitude, longitude, altitudeMeters, powerWatts } = sample;
  if (latitude === undefined || longitude === undefined || altitudeMeters === undefined) return '';
  const power = powerWatts === undefined ? '' : `<power>${powerWatts}</power>`;
  return `      <trkpt lat="${latitude.toFixed(7)}" lon="${longitude.toFixed(7)}">
        <ele>${altitudeMeters.toFixed(1)}</ele><time>${instant(leg, sample.elapsedSeconds)}</time>
        <extensions>${power}<gpxtpx:TrackPointExtension><gpxtpx:atemp>${sample.temperatureCelsius}</gpxtpx:atemp><gpxtpx:hr>${sample.heartRateBpm}</gpxtpx:hr><gpxtpx:cad>${sample.cadenceRpm}</gpxtpx:cad></gpxtpx:TrackPointExtension></extensions>
      </trkpt>
`;
}

function tcxLap(leg: SimulatedLeg, lap: SimulatedSpan): string {
  const isLast = lap.endSeconds === leg.elapsedSeconds;
  const samples = leg.samples.filter(
    ({ elapsedSeconds }) => elapsedSeconds >= lap.startSeconds && (elapsedSeconds < lap.endSeconds || isLast),
  );
  const meters = (samples.at(-1)?.distanceMeters ?? 0) - (samples[0]?.distanceMeters ?? 0);
  const tracks = segments(leg, samples).map(
    (part) => `        <Track>\n${part.map((sample) => tcxPoint(leg, sample)).join('')}        </Track>\n`,
  );
  return `      <Lap StartTime="${instant(leg, lap.startSeconds)}">
        <TotalTimeSeconds>${samples.length}</TotalTimeSeconds><DistanceMeters>${meters.toFixed(1)}</DistanceMeters>
        <Calories>${Math.round(samples.length / 6)}</Calories><Intensity>Active</Intensity><TriggerMethod>Distance</TriggerMethod>
${tracks.join('')}      </Lap>
`;
}

function tcxPoint(leg: SimulatedLeg, sample: SimulatedSample): string {
  const { latitude, longitude, altitudeMeters, powerWatts } = sample;
  const position =
    latitude === undefined || longitude === undefined || altitudeMeters === undefined
      ? ''
      : `<Position><LatitudeDegrees>${latitude.toFixed(7)}</LatitudeDegrees><LongitudeDegrees>${longitude.toFixed(7)}</LongitudeDegrees></Position><AltitudeMeters>${altitudeMeters.toFixed(1)}</AltitudeMeters>`;
  const isRun = leg.sport !== 'ride';
  const cadence = isRun
    ? `<ns3:RunCadence>${sample.cadenceRpm}</ns3:RunCadence>`
    : `<ns3:Watts>${powerWatts ?? 0}</ns3:Watts>`;
  return `          <Trackpoint><Time>${instant(leg, sample.elapsedSeconds)}</Time>${position}<DistanceMeters>${sample.distanceMeters.toFixed(2)}</DistanceMeters><HeartRateBpm><Value>${sample.heartRateBpm}</Value></HeartRateBpm>${isRun ? '' : `<Cadence>${sample.cadenceRpm}</Cadence>`}<Extensions><ns3:TPX><ns3:Speed>${sample.speedMetersPerSecond.toFixed(3)}</ns3:Speed>${cadence}</ns3:TPX></Extensions></Trackpoint>
`;
}

function instant(leg: SimulatedLeg, second: number): string {
  return new Date(leg.startedAt.getTime() + second * 1000).toISOString();
}
