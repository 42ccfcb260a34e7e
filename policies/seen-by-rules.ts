import type { Subject, Target } from './access.js';
import type { Action } from './actions.js';
import { jsonOnce } from './json-once.js';

/** The caller's half of the input of both entry points, as JSON without its braces. */
export function callerAsRulesSee(action: Action, subject: Subject): string {
  const { kind, athleteId, name, standing, scopes, roles } = subject;
  const seen = { kind, athleteId: seenId(athleteId), name, standing, scopes, roles };
  return `"action":${JSON.stringify(packageOf(action))},"subject":${JSON.stringify(seen)}`;
}

/** A thing as the rules see it, as JSON: how the caller stands to it, not which it is. */
export function thingAsRulesSee(
  { athleteId }: Subject,
  { resource: { kind, ownerId }, facts }: Target,
): string {
  // Null is somebody else: no text, since a caller might be called by it.
  const seenOwnerId = ownerId === undefined || ownerId === athleteId ? seenId(ownerId) : null;
  return `{"resource":${JSON.stringify({ kind, ownerId: seenOwnerId })},"facts":${jsonOnce(facts)}}`;
}

/** All callers have the same id, or none. */
function seenId(athleteId: string | undefined): string | undefined {
  return typeof athleteId === 'string' ? 'caller' : athleteId;
}

/** The name of an action in Rego: `activity.readStreams` is `activity_read_streams`. */
export function packageOf(action: string): string {
  let name = packages.get(action);
  if (name === undefined) {
    name = action.replace('.', '_').replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    packages.set(action, name);
  }
  return name;
}

// Every decision asks for one of a few.
const packages = new Map<string, string>();
