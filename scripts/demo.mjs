/**
 * Paceline on one machine by one command: `npm run demo`, with `-- --once` to end after the main job, `-- --file PATH`
 * to upload a recording of one's own, `-- --analysts` to write the copy for analysts, `-- --first-port N` where the usual ports are taken.
 */
import './node-version.mjs';

const { runDemo } = await import('./run-demo.mjs');
await runDemo(process.argv.slice(2));
