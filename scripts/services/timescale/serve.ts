/**
 * The process that holds the engine: started by the supervisor, which sends it `Orders` first. It says `ready`
 * when clients may come, `failed` with a sentence when it cannot start, and `beat` every second: while a
 * statement runs the engine blocks everything, so beats that stay away mean a statement that takes too long.
 */
import { join } from 'node:path';
import { openDatabase } from './database.js';
import { Gateway, type GatewayLimits } from './gateway.js';
import { lockDirectory } from './lock.js';
import { type MaintenanceTimes, maintain } from './maintenance.js';

/** What the supervisor tells a new process. */
export interface Orders {
  readonly directory: string;
  readonly port: number;
  readonly password: string;
  readonly limits: GatewayLimits;
  readonly times: MaintenanceTimes;
}

/** What the process tells its supervisor. */
export type Report =
  | { readonly kind: 'ready'; readonly port: number }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }
  | { readonly kind: 'beat' };

const BEAT_MILLISECONDS = 1_000;
const EXIT_BROKEN = 70;

const report = (content: Report): void => {
  if (process.connected) process.send?.(content);
};

process.once('message', (orders: Orders) => {
  serve(orders).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    report({ kind: 'failed', code, message: error instanceof Error ? error.message : String(error) });
    process.exit(1);
  });
});

async function serve(orders: Orders): Promise<void> {
  // Whoever started it died meanwhile: nobody has a connection yet, so there is nothing to save.
  const abandon = () => process.exit(1);
  process.once('disconnect', abandon);
  const lock = await lockDirectory(join(orders.directory, 'lock'));
  const engine = await openDatabase(orders.directory);
  const gateway = new Gateway(engine, orders.password, orders.limits, (error) => {
    process.stderr.write(`${new Date().toISOString()} the engine broke: ${error.message}\n`);
    process.exit(EXIT_BROKEN);
  });
  const maintenance = maintain(engine, gateway.turns, orders.times);

  let isStopping = false;
  async function stop(): Promise<void> {
    if (isStopping) return;
    isStopping = true;
    maintenance.stop();
    await gateway.close();
    // Closing the engine checkpoints, so the next start has nothing to recover.
    await engine.close();
    lock.release();
    process.exit(0);
  }
  process.removeListener('disconnect', abandon);
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // The supervisor died.
  process.on('disconnect', stop);

  report({ kind: 'ready', port: await gateway.listen(orders.port) });
  setInterval(() => report({ kind: 'beat' }), BEAT_MILLISECONDS);
}
