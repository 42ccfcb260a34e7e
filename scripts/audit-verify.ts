import { AuditVerifier } from '../api/audit/signatures.js';
import { type Finding, type Progress, verifyTrail } from '../api/audit/verify-trail.js';
import { BadConfiguration, readAuditConfig } from '../api/config.js';
import { openObjects } from '../api/stores/objects.js';
import { Series } from '../timeseries/pool.js';
import { NothingRuns, runningSettings } from './running-settings.js';

/**
 * Verifies the audit trail: `npm run audit:verify`, with TIMESCALE_URL, OBJECTS_URL and AUDIT_PUBLIC_KEYS (base64,
 * separated by commas; the API logs the one it signs with), or on the running demo. Prints one line for each thing that
 * is wrong and ends with 1 when there was any.
 */
async function main(): Promise<number> {
  const config = readAuditConfig(runningSettings());
  const series = new Series(config.TIMESCALE_URL);
  let findings = 0;
  const find = (finding: Finding) => {
    findings += 1;
    process.stdout.write(`${JSON.stringify(finding)}\n`);
  };
  try {
    const verification = {
      series,
      objects: openObjects(config.OBJECTS_URL),
      verifier: new AuditVerifier(config.AUDIT_PUBLIC_KEYS),
      now: () => new Date(),
    };
    const { decisions, writers, checkpoints } = await verifyTrail(verification, find, told());
    process.stderr.write(
      `${decisions} decisions of ${writers} writers and ${checkpoints} checkpoints: ` +
        `${findings === 0 ? 'all as they were written' : `${findings} ${findings === 1 ? 'thing is' : 'things are'} wrong`}\n`,
    );
  } finally {
    await series.close();
  }
  return findings === 0 ? 0 : 1;
}

/** Tells every second how far it is. */
function told(): (progress: Progress) => void {
  let toldAt = Date.now();
  return ({ decisions, writersDone, writers }) => {
    if (Date.now() - toldAt < 1_000) return;
    toldAt = Date.now();
    process.stderr.write(`${decisions} decisions, ${writersDone} of ${writers} writers\n`);
  };
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof BadConfiguration || error instanceof NothingRuns)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
