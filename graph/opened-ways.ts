import type { MasterKey, Place } from '../policies/keys.js';
import { openedWhole, type WholeActivity } from './whole-activities.js';

/** A way as lines to draw. */
export interface Way {
  /** Encoded; null without positions. */
  readonly polyline: string | null;
  /** All pieces of the way, where there are several because something between is hidden. */
  readonly polylines?: readonly string[];
}

/** What is kept for the owner of an activity that zones cut; undefined when they cut nothing, or it was forgotten. */
export function wholeOf(
  masterKey: MasterKey,
  activity: {
    readonly athleteId: string;
    readonly activityId: string;
    readonly wrappedKey: Uint8Array | null;
    readonly hidden: Uint8Array | null;
  },
): WholeActivity | undefined {
  const { athleteId, wrappedKey, hidden } = activity;
  if (!wrappedKey || !hidden) return undefined;
  return openedWhole(masterKey.unwrap(athleteId, wrappedKey), activity, hidden);
}

/** An activity as its owner sees it, with what others see instead. */
export function withWhole<Seen extends Way>(
  { polylines, ...seen }: Seen,
  { startedAt, sampleCount: _samples, hiddenMeters: _meters, ...figures }: WholeActivity,
  polyline: string | null,
  others: object,
) {
  const known = Object.entries(figures).filter(([name]) => name in seen);
  const whole = { ...Object.fromEntries(known), startedAt: new Date(startedAt), polyline };
  const names = Object.keys(whole);
  const instead = Object.fromEntries(Object.entries(seen).filter(([name]) => names.includes(name)));
  return { ...seen, ...whole, public: { ...instead, ...(polylines && { polylines }), ...others } };
}

/** The longest piece of a way for who draws one line, and all of them where there are several. */
export function inPieces(way: string | null): Way {
  const pieces = way?.split('\n') ?? [];
  if (pieces.length < 2) return { polyline: way };
  const longest = pieces.reduce((one, other) => (other.length > one.length ? other : one));
  return { polyline: longest, polylines: pieces };
}

/** A way; null without a key, for then the athlete has been forgotten and so has the way. */
export function decrypted(
  masterKey: MasterKey,
  wrappedKey: Uint8Array | null,
  ciphertext: Uint8Array | null,
  place: Place,
): string | null {
  if (!wrappedKey || !ciphertext) return null;
  return masterKey.unwrap(place.athleteId, wrappedKey).decryptText(ciphertext, place);
}
