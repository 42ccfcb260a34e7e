import type { Graph } from '../../graph/session.js';
import type { MasterKey } from '../../policies/keys.js';
import type { Viewing } from '../../timeseries/decision-reads.js';
import { FactsKeys } from './facts.js';
import { VIEWER_KINDS } from './shapes.js';

type ViewerKind = (typeof VIEWER_KINDS)[number];

/**
 * How many viewers of each kind there were, so that nobody can be told from it: counts go in steps, and below the
 * first one nothing is said, not even whether there was anybody. Who follows nobody else's followers could be named
 * by "one follower" alone.
 */
export async function countedViewers(
  { graph, masterKey }: { readonly graph: Graph; readonly masterKey: MasterKey },
  { athletes, signedOut }: { readonly athletes: readonly Viewing[]; readonly signedOut: number },
): Promise<{ kind: ViewerKind; atLeast: number | null }[]> {
  const keys = await FactsKeys.of(graph, masterKey, athletes);
  const counts = new Map<ViewerKind, number>([['signedOut', signedOut]]);
  for (const viewing of athletes) {
    const kind = kindOf(viewing, keys);
    if (kind) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return VIEWER_KINDS.map((kind) => ({ kind, atLeast: roundedDown(counts.get(kind) ?? 0) }));
}

/** How a viewer stood to the owner when they opened it; undefined when they have been forgotten since. */
function kindOf(viewing: Viewing, keys: FactsKeys): ViewerKind | undefined {
  const facts = keys.decrypt(viewing)?.facts;
  if (!facts) return undefined;
  if (facts.isFollower === true) return 'follower';
  if (facts.isClubMate === true) return 'clubMate';
  return viewing.roles.includes('moderator') ? 'moderator' : 'stranger';
}

const STEPS = [3, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000];

function roundedDown(count: number): number | null {
  return STEPS.findLast((step) => step <= count) ?? null;
}
