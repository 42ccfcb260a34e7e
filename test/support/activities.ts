import type { Graph } from '../../graph/session.js';
import { ask } from './graph.js';

/** An activity that nobody is told of. */
export interface PlantedActivity {
  readonly activityId: string;
  readonly athleteId: string;
  readonly startedAt: Date;
  readonly visibility: string;
}

/** Puts many activities straight into the graph: no event, no job, no feed hears of them. */
export async function plantActivities(graph: Graph, rows: readonly PlantedActivity[]): Promise<void> {
  await ask(
    graph,
    `UNWIND $rows AS row
     MATCH (athlete:Athlete {athleteId: row.athleteId})
     CREATE (athlete)-[:PERFORMED]->(activity:Activity {
       activityId: row.activityId, athleteId: row.athleteId, name: 'Ride', sport: 'ride', visibility: row.visibility,
       startedAt: row.startedAt, timeZone: 'UTC', elapsedSeconds: 60.0, source: 'manual', channels: [],
       createdAt: datetime(), version: 1
     })`,
    { rows },
  );
}

/** Newest first, and by id where two start at once: the order of every list. */
export function newestFirst(
  a: { readonly startedAt: Date; readonly activityId: string },
  b: { readonly startedAt: Date; readonly activityId: string },
): number {
  return b.startedAt.getTime() - a.startedAt.getTime() || (a.activityId < b.activityId ? 1 : -1);
}
