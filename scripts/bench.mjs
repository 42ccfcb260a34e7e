/** Measures on stores of its own: `npm run bench -- NAME …`; all benches when no name is given. */
import './node-version.mjs';

const { runBenches } = await import('./run-benches.mjs');
await runBenches(process.argv.slice(2));
