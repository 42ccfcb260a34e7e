import { habitsOf } from '../../api/recommendations/habits.js';
import { storedHabit } from '../../graph/habits.js';
import type { CompanyRow } from '../../graph/village.js';
import { type Life, livesIn } from './lives.js';
import { averageSpeed } from './villager-rows.js';
import type { World } from './world.js';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Those who look for company to train with, and their habits as the job finds them in what everyone sees. */
export function* companyRows(world: World): Generator<CompanyRow> {
  const lifeOf = livesIn(world);
  for (const [index, villager] of world.villagers.entries()) {
    const life = lifeOf(villager, index);
    if (!life.looksForCompany) continue;
    yield { athleteId: villager.athleteId, habits: habitsOf(activitiesOf(life)).map(storedHabit) };
  }
}

function activitiesOf({ outings, town }: Life) {
  const days = new Intl.DateTimeFormat('en', { weekday: 'short', timeZone: town?.timeZone ?? 'UTC' });
  return outings.map((outing) => ({
    sport: outing.sport,
    startedAt: outing.startedAt,
    weekday: 1 + WEEKDAYS.indexOf(days.format(outing.startedAt)),
    speedMetersPerSecond: averageSpeed(outing),
    outline: outing.polyline,
  }));
}
