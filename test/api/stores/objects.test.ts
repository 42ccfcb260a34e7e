import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import test, { after, before } from 'node:test';
import { pathToFileURL } from 'node:url';
import { ObjectMissing, type Objects, openObjects } from '../../../api/stores/objects.js';

let folder: string;
let objects: Objects;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paceline-objects-'));
  objects = openObjects(pathToFileURL(join(folder, 'made', 'on demand')).href);
});
after(() => rm(folder, { recursive: true, force: true }));

test('an object comes back as it was stored, and a second one takes its place', async () => {
  await objects.put('a/b', Readable.from([Buffer.from('first, and longer')]));
  await objects.put('a/b', Readable.from([Buffer.from('sec'), Buffer.from('ond')]));

  assert.equal(String(await buffer(await objects.get('a/b'))), 'second');
});

test('an object that could not be stored whole is not there, and the old one still is', async () => {
  await objects.put('cut/short', Readable.from([Buffer.from('old')]));
  async function* breaking() {
    yield Buffer.from('the beginning');
    throw new Error('the client hung up');
  }

  await assert.rejects(objects.put('cut/short', Readable.from(breaking())), /hung up/);
  await assert.rejects(objects.put('cut/new', Readable.from(breaking())), /hung up/);

  assert.equal(String(await buffer(await objects.get('cut/short'))), 'old');
  await assert.rejects(objects.get('cut/new'), ObjectMissing);
  assert.deepEqual(await readdir(join(folder, 'made', 'on demand', 'incoming')), []);
});

test('a deleted object is missing, and deleting it again does nothing', async () => {
  await objects.put('gone/soon', Readable.from([Buffer.from('x')]));

  await objects.delete('gone/soon');
  await objects.delete('gone/soon');

  await assert.rejects(objects.get('gone/soon'), ObjectMissing);
});

test('objects are listed below a prefix of whole parts', async () => {
  const startedAt = Date.now();
  for (const key of ['list/one/a', 'list/one/b', 'list/oneself/c', 'list/d']) {
    await objects.put(key, Readable.from([Buffer.from(key)]));
  }

  const listed = [];
  for await (const object of objects.list('list/one')) listed.push(object);

  assert.deepEqual(listed.map(({ key }) => key).sort(), ['list/one/a', 'list/one/b']);
  for (const { storedAt } of listed) assert.ok(storedAt.getTime() >= startedAt - 1_000);
  for await (const _ of objects.list('nothing/here')) assert.fail('there is nothing');
});

for (const key of ['', '/etc/passwd', '../escape', 'a/../b', 'a//b', 'a/b/', 'a/b.c', 'ä']) {
  test(`"${key}" is no key`, async () => {
    await assert.rejects(objects.put(key, Readable.from([Buffer.from('x')])), /cannot be the key/);
    await assert.rejects(objects.get(key), /cannot be the key/);
  });
}
