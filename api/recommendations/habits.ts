import { type Habit, habitKey, type SharedActivity } from '../../graph/habits.js';
import { metersBetween } from '../../timeseries/tracks/earth.js';
import { decodePolyline } from '../../timeseries/tracks/polyline.js';

/** Once is no habit. */
const LEAST_TIMES = 2;
/** As many of one athlete are kept; each is looked up for a list of partners. */
const MOST_HABITS = 24;
/** A cell counts as a place of an activity when so much of the way lies in it. */
const LEAST_SHARE = 0.2;
/** About eleven kilometres: a town with its hills, and no street. */
const CELL_DEGREES = 0.1;

/**
 * What somebody does again and again: a sport on a day of the week in a place, the most usual first. Places are cells
 * of some eleven kilometres.
 *
 * @param activities what others see of them; what is hidden from others is not in there
 */
export function habitsOf(activities: readonly SharedActivity[]): readonly Habit[] {
  const groups = new Map<string, { readonly cell: string; readonly group: SharedActivity[] }>();
  for (const activity of activities) {
    for (const cell of placesOf(activity.outline)) {
      const key = habitKey({ ...activity, cell });
      const known = groups.get(key);
      if (known) known.group.push(activity);
      else groups.set(key, { cell, group: [activity] });
    }
  }
  return [...groups.values()]
    .flatMap(({ cell, group }) => habitOf(cell, group))
    .filter(({ times }) => times >= LEAST_TIMES)
    .sort((a, b) => b.times - a.times || (habitKey(a) < habitKey(b) ? -1 : 1))
    .slice(0, MOST_HABITS);
}

/** Middle of a cell as latitude and longitude. */
export function middleOf(cell: string): readonly [number, number] {
  const [row = 0, column = 0] = cell.split(':').map(Number);
  const longitude = ((column + 0.5) * 360) / columnsIn(row) - 180;
  return [rounded((row + 0.5) * CELL_DEGREES - 90), rounded(longitude)];
}

function habitOf(cell: string, group: readonly SharedActivity[]): readonly Habit[] {
  const [first] = group;
  if (!first) return [];
  const { sport, weekday } = first;
  const days = new Set(group.map(({ startedAt }) => startedAt.toISOString().slice(0, 10)));
  // Out and, after a pause, back again is one time.
  const times = days.size;
  const speedMetersPerSecond = median(group.map((activity) => activity.speedMetersPerSecond));
  const lastAt = new Date(Math.max(...group.map(({ startedAt }) => startedAt.getTime())));
  return [{ sport, weekday, cell, times, speedMetersPerSecond, lastAt }];
}

/** Cells in which a good part of a way lies. */
function placesOf(outline: string): readonly string[] {
  const metersIn = new Map<string, number>();
  let meters = 0;
  for (const piece of outline.split('\n')) {
    const { latitude, longitude } = decodePolyline(piece);
    for (let i = 1; i < latitude.length; i++) {
      const from = [latitude[i - 1] ?? 0, longitude[i - 1] ?? 0] as const;
      const to = [latitude[i] ?? 0, longitude[i] ?? 0] as const;
      const length = metersBetween(...from, ...to);
      const cell = cellAt((from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
      metersIn.set(cell, (metersIn.get(cell) ?? 0) + length);
      meters += length;
    }
  }
  return [...metersIn].filter(([, length]) => length >= LEAST_SHARE * meters).map(([cell]) => cell);
}

function cellAt(latitude: number, longitude: number): string {
  const row = Math.floor((latitude + 90) / CELL_DEGREES);
  const columns = columnsIn(row);
  return `${row}:${Math.floor((((longitude + 180) % 360) / 360) * columns)}`;
}

/** Cells around the globe in one row: as wide as they are high. */
function columnsIn(row: number): number {
  const latitude = (row + 0.5) * CELL_DEGREES - 90;
  return Math.max(1, Math.round((360 / CELL_DEGREES) * Math.cos((latitude * Math.PI) / 180)));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

const rounded = (degrees: number): number => Number(degrees.toFixed(2));
