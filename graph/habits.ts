import type { Grant } from '../policies/access.js';
import type { MasterKey } from '../policies/keys.js';
import { outlinePlace } from './activities.js';
import { lockAthletes } from './locks.js';
import { cypher, type Graph, type Whole, whole } from './session.js';

/** What somebody did, as any other athlete sees it. */
export interface SharedActivity {
  readonly sport: string;
  readonly startedAt: Date;
  /** By the clock of where it was; 1 is Monday. */
  readonly weekday: number;
  readonly speedMetersPerSecond: number;
  /** Encoded polylines of the visible pieces, one a line. */
  readonly outline: string;
}

/** A sport that somebody does on a day of the week in a cell of the map, again and again. */
export interface Habit {
  readonly sport: string;
  readonly weekday: number;
  readonly cell: string;
  readonly times: number;
  readonly speedMetersPerSecond: number;
  readonly lastAt: Date;
}

/** What a habit is called, whoever has it. */
export const habitKey = ({ sport, weekday, cell }: Pick<Habit, 'sport' | 'weekday' | 'cell'>): string =>
  `${sport} ${weekday} ${cell}`;

/** A habit as the graph keeps it. */
export type StoredHabit = Omit<Habit, 'times'> & { readonly habitKey: string; readonly times: Whole };

/** How the graph keeps a habit. */
export const storedHabit = (habit: Habit): StoredHabit => ({
  ...habit,
  habitKey: habitKey(habit),
  times: whole(habit.times),
});

interface SharedRow {
  readonly zonesDue: number;
  readonly wrappedKey: Uint8Array;
  readonly activities: readonly (Omit<SharedActivity, 'outline'> & {
    readonly activityId: string;
    readonly outline: Uint8Array;
  })[];
}

const state = cypher<{ athleteId: string }, { isOpenToTraining: boolean; hasHabits: boolean }>(
  'habits/state.cypher',
);
const shared = cypher<{ athleteId: string; startedAfter: Date; limit: Whole }, SharedRow>(
  'habits/shared-activities.cypher',
);
const drop = cypher<{ athleteId: string; habitKeys: readonly string[] }, object>('habits/drop.cypher');
const save = cypher<{ athleteId: string; zonesDue: Whole; habits: readonly StoredHabit[] }, object>(
  'habits/save.cypher',
);

const HABIT_MILLISECONDS = 12 * 7 * 86_400_000; // twelve weeks: long enough for a habit, short enough to be one still

/** What somebody did before counts for no habit. */
export const habitsSince = (now: Date): Date => new Date(now.getTime() - HABIT_MILLISECONDS);

const ACTIVITIES_LOOKED_AT = 200; // two a day, for twelve weeks

/** Whether there are habits of an athlete to keep or to end: nothing is kept of who looks for no company. */
export async function habitsMatter(graph: Graph, athleteId: string): Promise<boolean> {
  const [row] = await graph.execute(state, { athleteId });
  return row !== undefined && (row.isOpenToTraining || row.hasHabits);
}

/**
 * Works out the habits of an athlete anew, from what everyone may see of what they did lately; of one who looks for no
 * company none is left. Under their lock, so that of two at once the later one has read what the other wrote.
 *
 * @param grant for `habit.update`
 * @param habitsOf works them out
 */
export async function updateHabits(
  graph: Graph,
  grant: Grant,
  {
    athleteId,
    startedAfter,
    masterKey,
    habitsOf,
  }: {
    readonly athleteId: string;
    readonly startedAfter: Date;
    readonly masterKey: MasterKey;
    readonly habitsOf: (activities: readonly SharedActivity[]) => readonly Habit[];
  },
): Promise<void> {
  grant.assertFor('habit.update');
  await graph.write(async (transaction) => {
    await lockAthletes(transaction, athleteId);
    const [row] = await transaction.run(shared, {
      athleteId,
      startedAfter,
      limit: whole(ACTIVITIES_LOOKED_AT),
    });
    const habits = row ? habitsOf(opened(row, athleteId, masterKey)).map(storedHabit) : [];
    await transaction.run(drop, { athleteId, habitKeys: habits.map(({ habitKey }) => habitKey) });
    if (row) await transaction.run(save, { athleteId, zonesDue: whole(row.zonesDue), habits });
  });
}

/**
 * Ends all habits of an athlete who was deleted.
 *
 * @param grant for `athlete.erase`
 */
export async function eraseHabits(graph: Graph, grant: Grant, athleteId: string): Promise<void> {
  grant.assertFor('athlete.erase');
  await graph.write(async (transaction) => {
    await lockAthletes(transaction, athleteId);
    await transaction.run(drop, { athleteId, habitKeys: [] });
  });
}

function opened({ wrappedKey, activities }: SharedRow, athleteId: string, masterKey: MasterKey) {
  const key = masterKey.unwrap(athleteId, wrappedKey);
  return activities.map(({ activityId, outline, ...activity }) => ({
    ...activity,
    outline: key.decryptText(outline, outlinePlace(athleteId, activityId)),
  }));
}
