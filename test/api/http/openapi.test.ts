import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describeApi, withProblems } from '../../../api/http/describe-api.js';
import { PROBLEM_TYPES } from '../../../api/http/problem-types.js';

const written = readFileSync(new URL('../../../../api/openapi.json', import.meta.url), 'utf8');
const document = JSON.parse(written);

test('api/openapi.json is what the routes declare', async () => {
  // Long texts: a diff of them would hide the one sentence that helps.
  assert.ok(written === (await describeApi()), 'it has drifted: run npm run openapi and commit the result');
});

test('every reference in the document leads somewhere', () => {
  const references = [...written.matchAll(/"\$ref": "#\/([^"]+)"/g)].map(([, path]) => String(path));
  const lost = references.filter(
    (path) => path.split('/').reduce((part, name) => part?.[name], document) === undefined,
  );

  assert.ok(references.length > 100);
  assert.deepEqual(lost, []);
});

test('every schema in the document compiles', () => {
  const ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
  ajv.addSchema(document, 'openapi');

  for (const name of Object.keys(document.components.schemas)) {
    assert.ok(ajv.compile({ $ref: `openapi#/components/schemas/${name}` }), name);
  }
});

test('every route has a name of its own and says what it does', () => {
  const operations = Object.values<Record<string, { operationId: string; summary: string }>>(
    document.paths,
  ).flatMap((path) => Object.values(path));
  const names = operations.map(({ operationId }) => operationId);

  assert.equal(new Set(names).size, names.length);
  assert.ok(operations.every(({ summary }) => summary.length > 3));
});

test('every problem type is a heading in the README, with its hint', () => {
  const readme = readFileSync(new URL('../../../../api/README.md', import.meta.url), 'utf8');
  const headings = [...readme.matchAll(/^#### (\d{3}) `([\w-]+)`$/gm)].map(
    ([, status, slug]) => `${status} ${slug}`,
  );
  const types = Object.entries(PROBLEM_TYPES).map(([slug, { status }]) => `${status} ${slug}`);

  assert.deepEqual(headings.sort(), types.sort());
  assert.ok(readme === withProblems(readme), 'it has drifted: run npm run openapi and commit the result');
});
