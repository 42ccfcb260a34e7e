import type { TestApi } from '../../../support/app.js';
import { ask } from '../../../support/graph.js';
import type { Player } from './cast.js';

interface Tie {
  readonly fromId: string;
  readonly toId: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Remembers how athletes are tied; the answer ties them so again, whatever happened meanwhile. */
export async function rememberTies(
  { app }: TestApi,
  players: readonly Player[],
  more: readonly string[] = [],
): Promise<() => Promise<void>> {
  const athleteIds = [...players.flatMap(({ athlete }) => athlete?.athleteId ?? []), ...more];
  const ties = await ask<Tie>(
    app.graph,
    `MATCH (one:Athlete)-[tie:FOLLOWS|REQUESTS|BLOCKS|MUTES]->(other:Athlete)
     WHERE one.athleteId IN $athleteIds AND other.athleteId IN $athleteIds
     RETURN one.athleteId AS fromId, other.athleteId AS toId, type(tie) AS type, properties(tie) AS properties`,
    { athleteIds },
  );
  return async () => {
    await ask(
      app.graph,
      `CALL () {
         MATCH (one:Athlete)-[tie:FOLLOWS|REQUESTS|BLOCKS|MUTES]->(other:Athlete)
         WHERE one.athleteId IN $athleteIds AND other.athleteId IN $athleteIds
         DELETE tie
       }
       UNWIND $ties AS each
       MATCH (one:Athlete {athleteId: each.fromId})
       MATCH (other:Athlete {athleteId: each.toId})
       CREATE (one)-[tie:$(each.type)]->(other)
       SET tie = each.properties`,
      { athleteIds, ties },
    );
  };
}
