/** Every sport an activity can have, the usual first. */
export const SPORTS = [
  'ride',
  'mountainBikeRide',
  'gravelRide',
  'eBikeRide',
  'eMountainBikeRide',
  'indoorRide',
  'virtualRide',
  'velomobile',
  'handcycle',
  'run',
  'trailRun',
  'trackRun',
  'treadmillRun',
  'virtualRun',
  'walk',
  'hike',
  'wheelchair',
  'swim',
  'openWaterSwim',
  'row',
  'indoorRow',
  'kayak',
  'canoe',
  'standUpPaddle',
  'sail',
  'surf',
  'windsurf',
  'kitesurf',
  'alpineSki',
  'backcountrySki',
  'nordicSki',
  'rollerSki',
  'snowboard',
  'snowshoe',
  'iceSkate',
  'inlineSkate',
  'skateboard',
  'climb',
  'horseRide',
  'golf',
  'tennis',
  'badminton',
  'squash',
  'tableTennis',
  'pickleball',
  'football',
  'basketball',
  'volleyball',
  'hockey',
  'boxing',
  'dance',
  'strengthTraining',
  'crossTraining',
  'yoga',
  'pilates',
  'elliptical',
  'stairStepper',
  'workout',
] as const;

/** One entry of `SPORTS`; `workout` is also what an unknown sport becomes. */
export type Sport = (typeof SPORTS)[number];

/** How a sport is done; decides what is worth measuring. */
export type SportFamily =
  | 'cycling'
  | 'running'
  | 'walking'
  | 'swimming'
  | 'gliding'
  | 'stationary'
  | 'unknown';

const FAMILY_OF: Partial<Record<Sport, SportFamily>> = {
  ride: 'cycling',
  mountainBikeRide: 'cycling',
  gravelRide: 'cycling',
  eBikeRide: 'cycling',
  eMountainBikeRide: 'cycling',
  indoorRide: 'cycling',
  virtualRide: 'cycling',
  velomobile: 'cycling',
  handcycle: 'cycling',
  run: 'running',
  trailRun: 'running',
  trackRun: 'running',
  treadmillRun: 'running',
  virtualRun: 'running',
  walk: 'walking',
  hike: 'walking',
  wheelchair: 'walking',
  snowshoe: 'walking',
  climb: 'walking',
  golf: 'walking',
  swim: 'swimming',
  openWaterSwim: 'swimming',
  row: 'gliding',
  indoorRow: 'gliding',
  kayak: 'gliding',
  canoe: 'gliding',
  standUpPaddle: 'gliding',
  sail: 'gliding',
  surf: 'gliding',
  windsurf: 'gliding',
  kitesurf: 'gliding',
  alpineSki: 'gliding',
  backcountrySki: 'gliding',
  nordicSki: 'gliding',
  rollerSki: 'gliding',
  snowboard: 'gliding',
  iceSkate: 'gliding',
  inlineSkate: 'gliding',
  skateboard: 'gliding',
  horseRide: 'gliding',
  workout: 'unknown',
};

/** Family of a sport; what is done on the spot or within a field is `stationary`. */
export function familyOf(sport: Sport): SportFamily {
  return FAMILY_OF[sport] ?? 'stationary';
}

const FASTEST_METERS_PER_SECOND: Readonly<Record<SportFamily, number>> = {
  cycling: 45,
  running: 15,
  walking: 15,
  swimming: 10,
  gliding: 70,
  stationary: 15,
  // It may have been in a glider.
  unknown: 150,
};

/** A speed that nobody holds in this sport: what is faster was measured wrongly. */
export function fastestMetersPerSecond(sport: Sport): number {
  return FASTEST_METERS_PER_SECOND[familyOf(sport)];
}
