/**
 * Runs every check of the project and leaves nothing running: `npm test`. With words after it
 * (`npm test -- feed`) it compiles and runs only the test files whose path holds one of them.
 */
import './node-version.mjs';

const { runChecks } = await import('./run-checks.mjs');
await runChecks(process.argv.slice(2));
