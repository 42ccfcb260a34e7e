import assert from 'node:assert/strict';
import test from 'node:test';
import { sportFromFit, sportFromGpx, sportFromTcx } from '../../../timeseries/tracks/sport-names.js';
import { SPORTS } from '../../../timeseries/tracks/sports.js';

test('no sport is listed twice', () => {
  assert.equal(new Set(SPORTS).size, SPORTS.length);
});

for (const [sport, subSport, expected] of [
  ['cycling', 'road', 'ride'],
  ['cycling', 'mountain', 'mountainBikeRide'],
  ['cycling', 'gravelCycling', 'gravelRide'],
  ['cycling', 'indoorCycling', 'indoorRide'],
  ['cycling', 'virtualActivity', 'virtualRide'],
  ['running', 'generic', 'run'],
  ['running', 'treadmill', 'treadmillRun'],
  ['running', 'virtualActivity', 'virtualRun'],
  ['walking', 'treadmill', 'walk'],
  ['swimming', 'lapSwimming', 'swim'],
  ['swimming', 'openWater', 'openWaterSwim'],
  ['fitnessEquipment', 'elliptical', 'elliptical'],
  ['fitnessEquipment', 'indoorRowing', 'indoorRow'],
  ['training', 'strengthTraining', 'strengthTraining'],
  ['hiking', undefined, 'hike'],
  ['videoGaming', 'esport', 'workout'],
  [undefined, undefined, 'workout'],
] as const) {
  test(`FIT ${sport} ${subSport} is ${expected}`, () => {
    assert.equal(sportFromFit(sport, subSport), expected);
  });
}

for (const [written, expected] of [
  ['cycling', 'ride'],
  ['Mountain Biking', 'mountainBikeRide'],
  ['trail_running', 'trailRun'],
  ['9', 'run'],
  ['Wandern', 'workout'],
  ['constructor', 'workout'],
  [undefined, 'workout'],
] as const) {
  test(`GPX ${written} is ${expected}`, () => {
    assert.equal(sportFromGpx(written), expected);
  });
}

test('every sport of the list is understood by its own name', () => {
  for (const sport of SPORTS) assert.equal(sportFromGpx(sport), sport);
  assert.equal(sportFromTcx('Biking'), 'ride');
  assert.equal(sportFromTcx('Running'), 'run');
  assert.equal(sportFromTcx('Other'), 'workout');
});
