import type { Grant } from '../policies/access.js';
import { cypher, type Graph, type Query, type Whole, whole } from './session.js';

/** What a finished run of the nightly model found. */
export interface AthleteModel {
  readonly version: number;
  /** Who has a place in it: everybody who is tied to somebody, and may be recommended. */
  readonly athletes: number;
  readonly communities: number;
  readonly resemblances: number;
}

type Projection = { readonly graphName: string };
type Part = Projection & { readonly modelVersion: Whole; readonly part: Whole; readonly parts: Whole };
type Page = { readonly modelVersion: Whole; readonly afterId: string; readonly limit: Whole };

const availability = cypher<object, { isAvailable: boolean }>('models/is-available.cypher');
const versionInUse = cypher<object, { modelVersion: number }>('models/version-in-use.cypher');
const begin = cypher<object, { modelVersion: number }>('models/begin.cypher');
const dropProjection = cypher<Projection, Projection>('models/drop-projection.cypher');
const project = cypher<Projection, { athletes: number }>('models/project.cypher');
const findCommunities = cypher<Projection, { communities: number }>('models/find-communities.cypher');
const embed = cypher<Projection, { athletes: number }>('models/embed.cypher');
const findSimilar = cypher<Projection, { resemblances: number }>('models/find-similar.cypher');
const writeFeatures = cypher<Part, { written: number }>('models/write-features.cypher');
const writeSimilar = cypher<Part, { written: number }>('models/write-similar.cypher');
const switchVersion = cypher<{ modelVersion: Whole; now: Date }, { modelVersion: number }>(
  'models/switch.cypher',
);
const settle = cypher<Page, { athleteId: string | null; settled: number }>('models/settle.cypher');

const PROJECTION: Projection = { graphName: 'paceline.athletes' };
// Each part looks through all that was found, so there are few: the 20,000 resemblances of 2,000 athletes take 100 of
// the 256 MB that a transaction may have.
const PLACED_PER_PART = 5_000;
const RESEMBLING_PER_PART = 2_000;
const ATHLETES_PER_PAGE = 1_000; // all locked together, who must not wait long

/**
 * Whether the graph has Graph Data Science. Without it there is no nightly model, and every query answers from the live
 * graph alone.
 */
export async function canBuildAthleteModel(graph: Graph): Promise<boolean> {
  const [row] = await graph.query(availability, {});
  return row?.isAvailable === true;
}

/**
 * Builds the nightly model of who belongs together, from follows alone: communities, places and resemblances. It is
 * written beside the version in use, and takes its place all at once. A run that is killed on the way leaves that
 * version in use, and what it left lying about goes with the next run; one that does not fit into the memory that is
 * free is refused by Graph Data Science before it begins.
 *
 * @param grant for `model.build`
 * @param now when it comes into use
 * @returns undefined when nobody follows anybody yet
 */
export async function buildAthleteModel(
  graph: Graph,
  grant: Grant,
  now: Date,
): Promise<AthleteModel | undefined> {
  grant.assertFor('model.build');
  await settleAll(graph);
  await graph.execute(dropProjection, PROJECTION);
  try {
    const { athletes } = await only(graph, project, PROJECTION);
    if (athletes === 0) return undefined;
    const { communities } = await only(graph, findCommunities, PROJECTION);
    await graph.execute(embed, PROJECTION);
    const { resemblances } = await only(graph, findSimilar, PROJECTION);
    const { modelVersion } = await only(graph, begin, {});
    await writeInParts(graph, writeFeatures, { modelVersion, athletes, perPart: PLACED_PER_PART });
    await writeInParts(graph, writeSimilar, { modelVersion, athletes, perPart: RESEMBLING_PER_PART });
    const [switched] = await graph.execute(switchVersion, { modelVersion: whole(modelVersion), now });
    if (!switched) throw new Overtaken(modelVersion);
    await settleAll(graph);
    return { version: modelVersion, athletes, communities, resemblances };
  } finally {
    await graph.execute(dropProjection, PROJECTION);
  }
}

/** A later run has begun to write, so that this one leaves the rest to it. */
class Overtaken extends Error {
  override name = 'Overtaken';
  constructor(modelVersion: number) {
    super(`version ${modelVersion} of the model of athletes was overtaken by a later one`);
  }
}

async function writeInParts(
  graph: Graph,
  query: Query<Part, { written: number }>,
  { modelVersion, athletes, perPart }: { modelVersion: number; athletes: number; perPart: number },
): Promise<void> {
  const parts = Math.ceil(athletes / perPart);
  for (let part = 0; part < parts; part += 1) {
    const of = { ...PROJECTION, modelVersion: whole(modelVersion), part: whole(part), parts: whole(parts) };
    await graph.execute(query, of);
  }
}

/** Leaves every athlete with what the version in use says, and nothing else. */
async function settleAll(graph: Graph): Promise<void> {
  const { modelVersion } = await only(graph, versionInUse, {});
  for (let afterId: string | null = ''; afterId !== null; ) {
    const page: Page = { modelVersion: whole(modelVersion), afterId, limit: whole(ATHLETES_PER_PAGE) };
    afterId = (await only(graph, settle, page)).athleteId;
  }
}

/** The one row that a query always answers. */
async function only<Parameters extends object, Row extends object>(
  graph: Graph,
  query: Query<Parameters, Row>,
  parameters: Parameters,
): Promise<Row> {
  const [row] = await graph.execute(query, parameters);
  if (!row) throw new Error(`${query.path} answered no row`);
  return row;
}
