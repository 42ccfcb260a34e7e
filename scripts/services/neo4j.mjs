import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem, problemOfMachine } from '../problem.mjs';
import { classArchiveOptions, makeClassArchive } from './class-archive.mjs';
import { javaProgram } from './java.mjs';

// Under load on two processors it can take a minute and more.
const START_MILLISECONDS = 300_000;
// Half of the processor time of a start goes into optimising code that a test run or a demo uses for minutes only.
const SHORT_LIVED = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];
// And much of the rest into planning every query again each time that a graph that began empty has quadrupled: here it
// has to be twenty times as large. Never again would leave queries of thousands with the plan for none.
const SHORT_LIVED_PLANS = 'dbms.cypher.statistics_divergence_threshold=0.95';
const MODULES = ['java.base/java.nio', 'java.base/sun.nio.ch', 'java.base/java.io'];

/**
 * Starts Neo4j Community with Browser and Graph Data Science on the loopback address, and waits until Bolt and
 * HTTP answer and the password holds.
 *
 * @param {{ directory: string, boltPort: number, httpPort: number, password: string,
 *           heapMegabytes: number, pageCacheMegabytes: number, isShortLived: boolean }} options
 */
export async function startNeo4j(children, artifacts, options) {
  const { directory, boltPort, httpPort, password } = options;
  mkdirSync(join(directory, 'conf'), { recursive: true, mode: 0o700 });
  writeFileSync(join(directory, 'conf', 'neo4j.conf'), configuration(artifacts, options));
  const child = children.start(javaProgram('java'), javaArguments(artifacts, options), {
    cwd: directory,
    logFile: join(directory, 'console.log'),
  });
  const deadline = Date.now() + START_MILLISECONDS;
  while (!(await answers(httpPort))) {
    if (child.hasEnded()) throw startFailure(child, directory);
    if (Date.now() > deadline) {
      await child.stop();
      throw new Problem(
        `Neo4j did not answer within ${START_MILLISECONDS / 1000} s: see ${join(directory, 'console.log')}.`,
      );
    }
    await new Promise((done) => setTimeout(done, 150));
  }
  await holdPassword(httpPort, password);
  makeClassArchive(children, artifacts, directory);
  return {
    url: `bolt://neo4j:${encodeURIComponent(password)}@127.0.0.1:${boltPort}`,
    browserUrl: `http://127.0.0.1:${httpPort}/browser/`,
    failed: child.exited.then(() => `Neo4j ended by itself: see ${join(directory, 'console.log')}.`),
    stop: child.stop,
  };
}

function configuration(artifacts, { boltPort, httpPort, pageCacheMegabytes, isShortLived }) {
  return [
    'server.default_listen_address=127.0.0.1',
    `server.bolt.listen_address=127.0.0.1:${boltPort}`,
    `server.bolt.advertised_address=127.0.0.1:${boltPort}`,
    `server.http.listen_address=127.0.0.1:${httpPort}`,
    `server.http.advertised_address=127.0.0.1:${httpPort}`,
    `server.directories.plugins=${artifacts.plugins}`,
    `server.memory.pagecache.size=${pageCacheMegabytes}m`,
    // What one transaction may take; a question that runs away ends before it takes the memory of all others.
    'db.memory.transaction.max=256m',
    ...(isShortLived ? [SHORT_LIVED_PLANS] : []),
    'dbms.usage_report.enabled=false',
    'client.allow_telemetry=false',
    'dbms.security.procedures.unrestricted=gds.*',
    // Bolt waits this long for threads that have nothing to do any more; the default is 5 s.
    'internal.server.bolt.thread_pool_shutdown_wait_time=1s',
    // Otherwise each of the two databases reserves 256 MB on disk before its first node.
    'db.tx_log.preallocate=false',
    'db.tx_log.rotation.size=64m',
    'db.tx_log.rotation.retention_policy=256M size',
    '',
  ].join('\n');
}

function javaArguments(artifacts, { directory, heapMegabytes, isShortLived }) {
  return [
    `-Xms${heapMegabytes}m`,
    `-Xmx${heapMegabytes}m`,
    ...(isShortLived ? SHORT_LIVED : ['-XX:+UseG1GC']),
    ...classArchiveOptions(artifacts, directory),
    '-XX:+ExitOnOutOfMemoryError',
    '-Dfile.encoding=UTF-8',
    ...MODULES.map((module) => `--add-opens=${module}=ALL-UNNAMED`),
    '-cp',
    join(artifacts.jars, '*'),
    'org.neo4j.server.CommunityEntryPoint',
    `--home-dir=${directory}`,
    `--config-dir=${join(directory, 'conf')}`,
  ];
}

async function answers(httpPort) {
  try {
    const response = await fetch(`http://127.0.0.1:${httpPort}/`, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

// A new server has the password "neo4j" and wants it changed; a server with data knows ours already.
async function holdPassword(httpPort, password) {
  if ((await cypher(httpPort, password, 'system', 'SHOW CURRENT USER')).ok) return;
  const change = 'ALTER CURRENT USER SET PASSWORD FROM "neo4j" TO $password';
  const changed = await cypher(httpPort, 'neo4j', 'system', change, { password });
  if (!changed.ok) {
    throw new Problem(
      'Neo4j knows neither our password nor the one of a new server: remove its data folder and start again.',
    );
  }
}

async function cypher(httpPort, password, database, statement, parameters = {}) {
  const response = await fetch(`http://127.0.0.1:${httpPort}/db/${database}/tx/commit`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`neo4j:${password}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ statements: [{ statement, parameters }] }),
  });
  const answer = await response.json();
  return { ok: response.ok && answer.errors.length === 0 };
}

function startFailure(child, directory) {
  const log = child.logTail();
  return (
    problemOfMachine(log, directory) ??
    new Problem(`Neo4j ended while starting, its last words (${join(directory, 'console.log')}):\n${log}`)
  );
}
