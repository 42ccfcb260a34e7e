import type { Graph, GraphEvent, Query } from '../../graph/session.js';

/** Asks the graph something that no product query asks. */
export async function ask<Row extends object>(
  graph: Graph,
  text: string,
  parameters: object = {},
): Promise<Row[]> {
  const query: Query<object, Row> = { path: 'test', text };
  return graph.write(({ run }) => run(query, parameters));
}

/** Suspends an athlete, as a moderator will be able to. */
export async function suspend(graph: Graph, athleteId: string): Promise<void> {
  await ask(graph, 'MATCH (athlete:Athlete {athleteId: $athleteId}) SET athlete.suspendedAt = datetime()', {
    athleteId,
  });
}

/** Gives an athlete a role for a day, as an administrator would. */
export async function holdRole(graph: Graph, athleteId: string, role: string): Promise<void> {
  await ask(
    graph,
    `MATCH (athlete:Athlete {athleteId: $athleteId})
     CREATE (athlete)-[:HOLDS]->(:RoleGrant {
       athleteId: $athleteId, role: $role, grantedAt: datetime(), endsAt: datetime() + duration('P1D')
     })`,
    { athleteId, role },
  );
}

/** Makes an athlete a member of a club, and the club if there is none. */
export async function joinClub(graph: Graph, athleteId: string, clubId: string): Promise<void> {
  await ask(
    graph,
    `MATCH (athlete:Athlete {athleteId: $athleteId})
     MERGE (club:Club {clubId: $clubId})
       ON CREATE SET club += {name: 'Planted', visibility: 'secret', createdAt: datetime(), version: 1}
     MERGE (athlete)-[membership:MEMBER_OF {athleteId: $athleteId, clubId: $clubId}]->(club)
       ON CREATE SET membership.role = 'member', membership.since = datetime()`,
    { athleteId, clubId },
  );
}

/**
 * The events that this process commits from now on. The outbox itself cannot be asked: a worker of another test file
 * may have handled them already.
 */
export function emissionsOf(graph: Graph): readonly GraphEvent[] {
  const emissions: GraphEvent[] = [];
  const write = graph.write.bind(graph);
  graph.write = async (work) => {
    let emitted: GraphEvent[] = [];
    const result = await write((transaction) => {
      emitted = [];
      const emit = async (event: GraphEvent) => {
        emitted.push(event);
        await transaction.emit(event);
      };
      return work({ ...transaction, emit });
    });
    emissions.push(...emitted);
    return result;
  };
  return emissions;
}
