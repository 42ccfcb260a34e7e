/** The verdict on one request. */
export interface Verdict {
  readonly isAllowed: boolean;
  /** Requests left in the window. */
  readonly remaining: number;
  /** Until the window ends; for a refused request, until a retry can succeed. */
  readonly waitMilliseconds: number;
}

interface Window {
  readonly number: number;
  readonly count: number;
  readonly before: number;
}

/** Callers that one process remembers while Redis is away; the oldest make room. */
const MAX_CALLERS = 50_000;

type Count = (key: string, limit: number, windowMilliseconds: number, nowMilliseconds: number) => Verdict;

/** Counts like `rate-limit.lua`, in the memory of this process; a test holds the two against one another. */
export function countInMemory(): Count {
  const windows = new Map<string, Window>();
  return (key, limit, windowMilliseconds, nowMilliseconds) => {
    const number = Math.floor(nowMilliseconds / windowMilliseconds);
    const elapsed = nowMilliseconds - number * windowMilliseconds;
    const { count, before } = windowAt(windows.get(key), number);

    const used = before * (1 - elapsed / windowMilliseconds) + count;
    if (used + 1 <= limit) {
      remember(windows, key, { number, count: count + 1, before });
      const remaining = Math.floor(limit - used - 1);
      return { isAllowed: true, remaining, waitMilliseconds: windowMilliseconds - elapsed };
    }
    const waitMilliseconds = waitOf(count, before, limit, windowMilliseconds) - elapsed;
    return { isAllowed: false, remaining: 0, waitMilliseconds };
  };
}

function windowAt(kept: Window | undefined, number: number): { count: number; before: number } {
  if (kept?.number === number) return kept;
  if (kept?.number === number - 1) return { count: 0, before: kept.count };
  return { count: 0, before: 0 };
}

// From the start of the window: either enough of the one before slides out of reach, or of this one during the next.
function waitOf(count: number, before: number, limit: number, windowMilliseconds: number): number {
  if (count + 1 <= limit) return Math.ceil(windowMilliseconds * (1 - (limit - 1 - count) / before));
  return windowMilliseconds + Math.ceil(windowMilliseconds * (1 - (limit - 1) / count));
}

function remember(windows: Map<string, Window>, key: string, window: Window): void {
  windows.delete(key);
  windows.set(key, window);
  if (windows.size <= MAX_CALLERS) return;
  for (const oldest of windows.keys()) {
    windows.delete(oldest);
    break;
  }
}
