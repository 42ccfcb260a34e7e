/** Something has changed since the caller read it. */
export class StaleVersion extends Error {
  override name = 'StaleVersion';
  readonly problem = 'stale-version';
  /** @param currentVersion the version that it has now */
  constructor(currentVersion: number) {
    super(`it is at version ${currentVersion} now`);
  }
}

/**
 * Holds the version that a caller read against the one that is stored, inside the transaction that will change it.
 *
 * @param expected undefined when the caller does not care
 * @throws {StaleVersion}
 */
export function refuseStale(expected: number | undefined, current: number): void {
  if (expected !== undefined && expected !== current) throw new StaleVersion(current);
}
