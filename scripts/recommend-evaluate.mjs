/** Measures rankings on a throw-away graph: `npm run recommend:evaluate -- --help`. */
import './node-version.mjs';

const { runEvaluation } = await import('./run-evaluation.mjs');
await runEvaluation(process.argv.slice(2));
