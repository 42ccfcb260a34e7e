import { BadConfiguration, type Config, readConfig } from './config.js';
import { listen } from './http/listen.js';
import { buildServer } from './http/server.js';
import { startWorker } from './jobs/worker.js';
import { migrate, wire } from './wiring.js';

/** What one process can do; any number of them at once. `migrate` ends by itself, the others stay. */
const ROLES = ['migrate', 'http', 'worker'] as const;
type Role = (typeof ROLES)[number];

const roles = rolesFrom(process.argv.slice(2));
const config = configOrExit();
if (roles.includes('migrate')) await migrate(config);
if (roles.some((role) => role !== 'migrate')) await serve(config).catch(exitWithReason);

/** Runs the roles until SIGTERM or SIGINT, then drains: no new requests, then no new jobs, then the stores. */
async function serve(settings: Config): Promise<void> {
  const { app, close } = await wire(settings);
  app.log.info({ auditPublicKey: app.auditSigner.publicKey }, 'access decisions are signed with this key');
  const stops: (() => Promise<void>)[] = [];
  if (roles.includes('worker')) stops.push((await startWorker(app)).close);
  if (roles.includes('http')) {
    const http = await listen(app, buildServer(app), settings.PORT);
    app.log.info({ url: http.url }, 'the API listens');
    stops.unshift(http.close);
  }

  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    app.log.info({ signal }, 'stopping');
    for (const stopPart of stops) await stopPart();
    await close();
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

function rolesFrom(words: readonly string[]): readonly Role[] {
  const known = ROLES.filter((role) => words.includes(role));
  if (words.length > 0 && known.length === new Set(words).size) return known;
  return exitWith(`Name the roles to run: npm start -- ${ROLES.join(' ')}`);
}

function configOrExit(): Config {
  try {
    return readConfig();
  } catch (error) {
    if (error instanceof BadConfiguration) return exitWith(error.message);
    throw error;
  }
}

function exitWithReason(error: unknown): never {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return exitWith(`Port ${config.PORT} is in use: stop what uses it, or set PORT to another.`);
  }
  throw error;
}

function exitWith(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
