import { execFile } from 'node:child_process';
import { existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { Problem } from './problem.mjs';
import { artifactPaths, cacheDirectory } from './services/artifacts.mjs';
import { javaProgram } from './services/java.mjs';

const run = promisify(execFile);

const JAVA_MAJOR = 17;
// Older ones cannot run the dependency plugin of the pom.
const MAVEN = [3, 6, 3];
// The jars twice (in Maven's repository and in the cache), node_modules, and room to work.
const FETCH_MEGABYTES = 1_500;
const WORK_MEGABYTES = 700;

/**
 * Looks whether this machine has what the servers need, before anything is fetched or started.
 *
 * @param {{ directory: string, needsServers?: boolean }} options where data goes, and whether servers are started here
 * @throws {Problem} with the one thing to do
 */
export async function preflight({ directory, needsServers = true }) {
  const isFetched = existsSync(artifactPaths().marker);
  if (needsServers) await requireJava();
  if (needsServers && !isFetched) {
    await requireMaven();
    requireSpace(cacheDirectory(), FETCH_MEGABYTES);
  }
  requireSpace(directory, WORK_MEGABYTES);
}

async function requireJava() {
  const program = javaProgram('java');
  const { stderr, stdout } = await run(program, ['-version']).catch(() => {
    const where = process.env.JAVA_HOME
      ? `JAVA_HOME (${process.env.JAVA_HOME}) holds no JDK`
      : 'no java is on the PATH';
    throw new Problem(
      `Neo4j needs a JDK ${JAVA_MAJOR} or newer and ${where}: install one, for example openjdk-17-jdk or Temurin 17.`,
    );
  });
  const version = /version "(\d+)(?:\.(\d+))?/.exec(stderr + stdout);
  const major = Number(version?.[1] === '1' ? version[2] : version?.[1]);
  if (!(major >= JAVA_MAJOR)) {
    throw new Problem(
      `Neo4j needs a JDK ${JAVA_MAJOR} or newer and ${program} is version ${major || 'unknown'}: install one and let JAVA_HOME or the PATH lead to it.`,
    );
  }
}

async function requireMaven() {
  const { stdout } = await run('mvn', ['--version']).catch(() => {
    throw new Problem(
      'Neo4j and Redis are fetched with Maven and no mvn is on the PATH: install Maven 3.6.3 or newer.',
    );
  });
  const found = /Apache Maven (\d+)\.(\d+)\.(\d+)/.exec(stdout)?.slice(1).map(Number) ?? [];
  const differing = MAVEN.findIndex((wanted, place) => found[place] !== wanted);
  if (differing >= 0 && !(found[differing] > MAVEN[differing])) {
    throw new Problem(
      `Neo4j and Redis are fetched with Maven 3.6.3 or newer and mvn is version ${found.join('.') || 'unknown'}: install a newer one.`,
    );
  }
}

function requireSpace(directory, megabytes) {
  let existing = directory;
  while (!existsSync(existing)) existing = dirname(existing);
  const { bavail, bsize } = statfsSync(existing);
  const free = Math.floor((bavail * bsize) / 1_000_000);
  if (free < megabytes) {
    throw new Problem(
      `The disk that holds ${directory} has ${free} MB free and ${megabytes} MB are needed: free some space and run the command again.`,
    );
  }
}
