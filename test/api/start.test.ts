import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { testSettings } from '../support/app.js';

const entry = fileURLToPath(new URL('../../api/start.js', import.meta.url));

function start(roles: readonly string[], environment: Readonly<Record<string, string>>) {
  const { status, stderr } = spawnSync(process.execPath, [entry, ...roles], {
    env: { PATH: process.env.PATH, ...environment },
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status, lines: stderr.trimEnd().split('\n') };
}

test('refuses to start with one list of everything that is wrong', () => {
  const { NEO4J_URL: _, ...incomplete } = testSettings();

  const { status, lines } = start(['http'], {
    ...incomplete,
    PORT: '70000',
    MASTER_KEY: 'short',
    TOKEN_KEYS: '{',
  });

  assert.equal(status, 1);
  assert.equal(lines[0], 'The configuration is wrong:');
  assert.deepEqual(
    lines.slice(1).map((line) => /^ {2}- (\w+)/.exec(line)?.[1]),
    ['PORT', 'NEO4J_URL', 'MASTER_KEY', 'TOKEN_KEYS'],
  );
});

test('names the roles when it knows none of the words', () => {
  const { status, lines } = start(['htpp'], testSettings());

  assert.equal(status, 1);
  assert.deepEqual(lines, ['Name the roles to run: npm start -- migrate http worker']);
});

test('migrates and ends, also when it is done already', () => {
  const { status } = start(['migrate'], testSettings());

  assert.equal(status, 0);
});
