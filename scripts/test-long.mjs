/**
 * Runs the tests that count, with their large counts: `npm run test:long`. It takes as long as it takes; `npm test`
 * has a smoke of each. With words after it (`npm run test:long -- zones`) it runs the test files whose path holds one
 * of them, whether they count or not.
 */
import './node-version.mjs';

process.env.PACELINE_TEST_LONG = '1';
const { runChecks } = await import('./run-checks.mjs');
await runChecks(process.argv.slice(2), { isLong: true });
