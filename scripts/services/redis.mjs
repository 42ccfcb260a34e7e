import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Problem, problemOfMachine } from '../problem.mjs';

const START_MILLISECONDS = 20_000;
const NO_BINARY = `The Redis that Maven brings does not run on this ${process.platform} ${process.arch}: install redis-server 6.2 or newer so that it is on the PATH.`;

/**
 * Starts Redis on the loopback address: the `redis-server` of the PATH, or else the one that Maven brought.
 *
 * @param {{ directory: string, port: number, password: string }} options
 */
export async function startRedis(children, artifacts, { directory, port, password }) {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const args = [
    ['--port', port],
    ['--bind', '127.0.0.1'],
    ['--dir', directory],
    ['--requirepass', password],
    // Bull loses jobs when keys are evicted.
    ['--maxmemory-policy', 'noeviction'],
    ['--appendonly', 'yes'],
    ['--save', ''],
  ];
  const child = children.start(redisProgram(artifacts), args.flat().map(String), {
    cwd: directory,
    logFile: join(directory, 'redis.log'),
  });
  const deadline = Date.now() + START_MILLISECONDS;
  while (!(await answers(port, password))) {
    if (child.hasEnded() || Date.now() > deadline) {
      await child.stop();
      const log = child.logTail();
      if (/error while loading shared libraries|Exec format|dyld/.test(log)) throw new Problem(NO_BINARY);
      throw (
        problemOfMachine(log, directory) ??
        new Problem(`Redis did not start, its last words (${join(directory, 'redis.log')}):\n${log}`)
      );
    }
    await new Promise((done) => setTimeout(done, 50));
  }
  return {
    url: `redis://:${encodeURIComponent(password)}@127.0.0.1:${port}`,
    failed: child.exited.then(() => `Redis ended by itself: see ${join(directory, 'redis.log')}.`),
    stop: child.stop,
  };
}

function redisProgram(artifacts) {
  if (spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0) return 'redis-server';
  if (existsSync(artifacts.redisServer)) return artifacts.redisServer;
  throw new Problem(NO_BINARY);
}

function answers(port, password) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.setTimeout(1_000, () => socket.destroy());
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
    socket.once('connect', () =>
      socket.write(
        `*2\r\n$4\r\nAUTH\r\n$${Buffer.byteLength(password)}\r\n${password}\r\n*1\r\n$4\r\nPING\r\n`,
      ),
    );
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
      // While it loads its file Redis answers -LOADING, and is not ready.
      if (answer.includes('+PONG')) resolve(true);
      if (answer.split('\r\n').length > 2) socket.destroy();
    });
  });
}
