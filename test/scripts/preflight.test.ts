import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';

const RUNNER = fileURLToPath(new URL('../../../scripts/test.mjs', import.meta.url));

const CASES = [
  {
    lack: 'a JDK',
    programs: {},
    sentence: /^Neo4j needs a JDK 17 or newer and no java is on the PATH: install one, .+\.\n$/,
  },
  {
    lack: 'a JDK that is new enough',
    programs: { java: 'echo \'openjdk version "11.0.2"\' >&2' },
    sentence: /^Neo4j needs a JDK 17 or newer and java is version 11: install one .+\.\n$/,
  },
  {
    lack: 'Maven',
    programs: { java: 'echo \'openjdk version "21.0.2"\' >&2' },
    sentence:
      /^Neo4j and Redis are fetched with Maven and no mvn is on the PATH: install Maven 3\.6\.3 or newer\.\n$/,
  },
  {
    lack: 'a Maven that is new enough',
    programs: { java: 'echo \'openjdk version "21.0.2"\' >&2', mvn: 'echo Apache Maven 3.3.9' },
    sentence:
      /^Neo4j and Redis are fetched with Maven 3\.6\.3 or newer and mvn is version 3\.3\.9: install a newer one\.\n$/,
  },
];

for (const { lack, programs, sentence } of CASES) {
  test(`one sentence says what to do without ${lack}`, (t) => {
    const { status, stderr } = runWith(t, programs);

    assert.match(stderr, sentence);
    assert.equal(status, 1);
  });
}

test('another Node than 20.19 or newer is refused before anything else', () => {
  const old =
    "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.18.3' } });";
  const module = new URL('../../../scripts/node-version.mjs', import.meta.url).href;
  const script = `${old} await import(${JSON.stringify(module)});`;

  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });

  assert.match(stderr, /^Paceline needs Node 20\.19 or newer and this is 20\.18\.3: .+\.\n$/);
  assert.equal(status, 1);
});

function runWith(t: TestContext, programs: Readonly<Record<string, string | undefined>>) {
  const directory = mkdtempSync(join(tmpdir(), 'paceline-preflight-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  const bin = join(directory, 'bin');
  mkdirSync(bin);
  symlinkSync(process.execPath, join(bin, 'node'));
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  // Without the URLs of this run, so that it would start servers of its own.
  const env = { PATH: bin, HOME: directory, TMPDIR: directory, PACELINE_CACHE: join(directory, 'cache') };
  return spawnSync(process.execPath, [RUNNER, 'wire'], { env, encoding: 'utf8' });
}
