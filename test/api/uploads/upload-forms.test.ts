import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { startApi, type TestApi, type TestAthlete } from '../../support/app.js';
import { upload } from '../../support/uploads.js';

let api: TestApi;
let athlete: TestAthlete;
let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paceline-objects-'));
  api = await startApi({ OBJECTS_URL: pathToFileURL(folder).href });
  athlete = await api.newAthlete();
});
after(async () => {
  await api.stop();
  await rm(folder, { recursive: true, force: true });
});

const A_FILE = 'whatever it is';

test('the fields may come after the file', async () => {
  const { body } = await athlete
    .post('/v1/uploads')
    .attach('file', Buffer.from(A_FILE), 'ride.fit')
    .field('name', 'Late to say')
    .expect(202);

  assert.equal(body.name, 'Late to say');
});

test('a field that was left blank counts as left out', async () => {
  const { body } = await upload(athlete, 'ride.fit', A_FILE, { name: '', visibility: '' }).expect(202);

  assert.equal(body.name, null);
  assert.equal(body.visibility, null);
});

const REFUSED = [
  {
    name: 'no file',
    send: () => athlete.post('/v1/uploads').field('name', 'x'),
    status: 422,
    type: 'bad-body',
  },
  {
    name: 'a file in another part',
    send: () => athlete.post('/v1/uploads').attach('files', Buffer.from(A_FILE), 'ride.fit'),
    status: 422,
    type: 'bad-body',
  },
  {
    name: 'a text in place of the file',
    send: () => athlete.post('/v1/uploads').field('file', 'x'),
    status: 422,
    type: 'bad-body',
  },
  {
    name: 'two files',
    send: () => upload(athlete, 'ride.fit', A_FILE).attach('file', Buffer.from(A_FILE), 'again.fit'),
    status: 422,
    type: 'bad-body',
  },
  {
    name: 'an unknown field',
    send: () => upload(athlete, 'ride.fit', A_FILE, { trainer: '1' }),
    status: 422,
    type: 'bad-body',
  },
  {
    name: 'an unknown field behind the file',
    send: () => upload(athlete, 'ride.fit', A_FILE).field('trainer', '1'),
    status: 422,
    type: 'bad-body',
  },
  {
    name: 'a visibility that is none',
    send: () => upload(athlete, 'ride.fit', A_FILE, { visibility: 'friends' }),
    status: 422,
    type: 'bad-body',
  },
  {
    name: 'a name given twice',
    send: () => upload(athlete, 'ride.fit', A_FILE, { name: 'one' }).field('name', 'two'),
    status: 422,
    type: 'bad-body',
  },
  {
    name: 'a field without end',
    send: () => upload(athlete, 'ride.fit', A_FILE, { description: 'x'.repeat(100_000) }),
    status: 422,
    type: 'bad-body',
  },
  {
    name: 'a file of another kind',
    send: () => upload(athlete, 'ride.pdf', A_FILE),
    status: 415,
    type: 'upload-format-unknown',
  },
  {
    name: 'a file without a name',
    send: () => upload(athlete, 'fit', A_FILE),
    status: 415,
    type: 'upload-format-unknown',
  },
  {
    name: 'JSON',
    send: () => athlete.post('/v1/uploads', { file: A_FILE }),
    status: 415,
    type: 'unsupported-media-type',
  },
  {
    name: 'a form without a boundary',
    send: () => athlete.post('/v1/uploads').set('Content-Type', 'multipart/form-data').send('x'),
    status: 400,
    type: 'bad-form',
  },
  {
    name: 'a form that ends too early',
    send: () =>
      athlete
        .post('/v1/uploads')
        .set('Content-Type', 'multipart/form-data; boundary=b')
        .send('--b\r\nContent-Disposition: form-data; name="file"; filename="a.fit"\r\n\r\nabc'),
    status: 400,
    type: 'bad-form',
  },
  {
    name: 'a file of more than 25 MB',
    send: () => upload(athlete, 'ride.gpx', Buffer.alloc(25 * 1024 * 1024 + 1)),
    status: 413,
    type: 'upload-too-large',
  },
];

for (const { name, send, status, type } of REFUSED) {
  test(`refuses ${name}, and keeps nothing of it`, async () => {
    const before = await storedFiles();

    const { body } = await send().expect(status);

    assert.equal(body.type, `/problems/${type}`);
    assert.deepEqual(await storedFiles(), before);
  });
}

test('takes a file of just 25 MB', async () => {
  const { body } = await upload(athlete, 'ride.gpx', Buffer.alloc(25 * 1024 * 1024)).expect(202);

  assert.equal(body.sizeBytes, 25 * 1024 * 1024);
});

test('nothing is left of an upload that its client gave up', async () => {
  const before = await storedFiles();

  await giveUpHalfWay();

  await until(async () => (await storedFiles()).length === before.length);
  assert.deepEqual(await storedFiles(), before);
});

test('asks whoever is nobody to log in', async () => {
  await api.anyone.post('/v1/uploads').attach('file', Buffer.from(A_FILE), 'ride.fit').expect(401);
});

async function storedFiles(): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();
}

/** Sends the beginning of a file, waits until some of it has arrived, and hangs up. */
async function giveUpHalfWay(): Promise<void> {
  const { length } = await storedFiles();
  const sending = request(`${api.url}/v1/uploads`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${athlete.accessToken}`,
      'content-type': 'multipart/form-data; boundary=b',
      'content-length': 10_000_000,
    },
  });
  sending.on('error', () => {});
  sending.write('--b\r\nContent-Disposition: form-data; name="file"; filename="a.fit"\r\n\r\n');
  sending.write(Buffer.alloc(1_000_000));
  await until(async () => (await storedFiles()).length > length);
  sending.destroy();
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let polls = 0; polls < 500; polls += 1) {
    if (await condition()) return;
    await wait(10);
  }
}
