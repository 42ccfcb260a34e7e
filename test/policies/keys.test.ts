import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import fc from 'fast-check';
import {
  AthleteKey,
  BrokenCiphertext,
  EmailKey,
  MasterKey,
  type Place,
  UnknownMasterKey,
} from '../../policies/keys.js';

const place: Place = { athleteId: 'a-1', table: 'positions', column: 'block', row: 'activity-1/0' };
const elsewhere: readonly Place[] = [
  { ...place, athleteId: 'a-2' },
  { ...place, table: 'activities' },
  { ...place, column: 'polyline' },
  { ...place, row: 'activity-1/1' },
  // The same letters in the same order, divided elsewhere.
  { ...place, table: 'position', column: 'sblock' },
  { athleteId: 'a-1positions', table: '', column: 'block', row: 'activity-1/0' },
];
const broken = (reason: BrokenCiphertext['reason']) => (error: unknown) =>
  error instanceof BrokenCiphertext && error.reason === reason;

describe('a value under a data key', () => {
  test('comes back as it was', () => {
    const key = AthleteKey.generate();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        assert.deepEqual(new Uint8Array(key.decrypt(key.encrypt(bytes, place), place)), bytes);
      }),
    );
    assert.equal(key.decryptText(key.encryptText('núm. 7 · 63,5 kg', place), place), 'núm. 7 · 63,5 kg');
  });

  test('is written as version, nonce, ciphertext and tag, never twice the same', () => {
    const key = AthleteKey.generate();
    const first = key.encrypt(Buffer.from('same'), place);
    const second = key.encrypt(Buffer.from('same'), place);
    assert.equal(first[0], 1);
    assert.equal(first.length, 1 + 12 + 4 + 16);
    assert.notDeepEqual(first, second);
  });

  test('is refused in any other place', () => {
    const key = AthleteKey.generate();
    const ciphertext = key.encrypt(Buffer.from('home'), place);
    for (const other of elsewhere) {
      assert.throws(() => key.decrypt(ciphertext, other), broken('authentication'), inspect(other));
    }
  });

  test('is refused when swapped with another row or athlete', () => {
    const [mine, theirs] = [AthleteKey.generate(), AthleteKey.generate()];
    const ciphertext = theirs.encrypt(Buffer.from('theirs'), place);
    assert.throws(() => mine.decrypt(ciphertext, place), broken('authentication'));
  });

  test('is refused when any bit is changed or the end is missing', () => {
    const key = AthleteKey.generate();
    const ciphertext = key.encrypt(Buffer.from('sixty-three and a half'), place);
    for (let i = 0; i < ciphertext.length * 8; i++) {
      const changed = Uint8Array.from(ciphertext);
      changed[i >> 3] = (changed[i >> 3] ?? 0) ^ (1 << (i & 7));
      assert.throws(() => key.decrypt(changed, place), BrokenCiphertext, `bit ${i}`);
    }
    for (let length = 0; length < ciphertext.length; length++) {
      assert.throws(() => key.decrypt(ciphertext.subarray(0, length), place), BrokenCiphertext);
    }
  });
});

describe('a wrapped data key', () => {
  const master = new MasterKey(randomBytes(32));

  test('opens for its athlete', () => {
    const key = AthleteKey.generate();
    const ciphertext = key.encryptText('secret', place);
    assert.equal(master.unwrap('a-1', master.wrap('a-1', key)).decryptText(ciphertext, place), 'secret');
  });

  test('carries a version and names its master key', () => {
    const wrapped = master.wrap('a-1', AthleteKey.generate());
    assert.equal(wrapped.length, 1 + 8 + 12 + 32 + 16);
    assert.equal(wrapped[0], 1);
    assert.equal(Buffer.from(wrapped.subarray(1, 9)).toString('hex'), master.id);
  });

  test('is refused for another athlete, under another master key, and when damaged', () => {
    const wrapped = master.wrap('a-1', AthleteKey.generate());
    const other = new MasterKey(randomBytes(32));
    assert.throws(() => master.unwrap('a-2', wrapped), broken('authentication'));
    assert.throws(
      () => other.unwrap('a-1', wrapped),
      (error: unknown) => error instanceof UnknownMasterKey && error.masterKeyId === master.id,
    );
    for (let i = 0; i < wrapped.length; i++) {
      const changed = Uint8Array.from(wrapped);
      changed[i] = (changed[i] ?? 0) ^ 1;
      assert.throws(() => master.unwrap('a-1', changed), /could not be opened|not configured/, `byte ${i}`);
    }
    assert.throws(() => master.unwrap('a-1', new Uint8Array()), broken('layout'));
  });

  test('never shows in a log or in JSON', () => {
    const bytes = randomBytes(32);
    const shown = inspect([new MasterKey(bytes), AthleteKey.generate(), new EmailKey(bytes)], { depth: 9 });
    assert.doesNotMatch(shown, /Buffer|Uint8Array/);
    assert.throws(() => JSON.stringify({ key: AthleteKey.generate() }), /about to be serialised/);
    assert.throws(() => JSON.stringify({ key: new MasterKey(bytes) }), /about to be serialised/);
  });
});

describe('a stream under a data key', () => {
  const key = AthleteKey.generate();
  const CHUNK = 64 * 1024;
  const HEADER = 1 + 32;
  const SEALED_CHUNK = CHUNK + 16;

  test('comes back as it was, at every length around a chunk and in any pieces', async () => {
    for (const length of [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7]) {
      const plaintext = randomBytes(length);
      const ciphertext = await through(key.encryptStream(place), plaintext, 1000);
      const chunks = Math.max(1, Math.ceil(length / CHUNK));
      assert.equal(ciphertext.length, HEADER + length + 16 * chunks);
      for (const pieceBytes of [997, SEALED_CHUNK, 4 * CHUNK]) {
        assert.deepEqual(await through(key.decryptStream(place), ciphertext, pieceBytes), plaintext);
      }
    }
  });

  test('is refused wherever it is cut', async () => {
    const ciphertext = await through(key.encryptStream(place), randomBytes(3 * CHUNK), CHUNK);
    const ends = [0, 1, HEADER - 1, HEADER, HEADER + 15, HEADER + 16, HEADER + 17];
    for (let chunks = 1; chunks < 3; chunks++) {
      const end = HEADER + chunks * SEALED_CHUNK;
      ends.push(end - 1, end, end + 1, end + 16);
    }
    ends.push(ciphertext.length - 1);
    for (const end of ends) {
      await assert.rejects(
        through(key.decryptStream(place), ciphertext.subarray(0, end), 50_000),
        BrokenCiphertext,
        `cut at ${end}`,
      );
    }
  });

  test('is refused when chunks are reordered, repeated, dropped, added or spliced', async () => {
    const ciphertext = await through(key.encryptStream(place), randomBytes(4 * CHUNK), CHUNK);
    const other = await through(key.encryptStream(place), randomBytes(4 * CHUNK), CHUNK);
    const part = (from: Buffer, index: number) =>
      from.subarray(HEADER + index * SEALED_CHUNK, HEADER + (index + 1) * SEALED_CHUNK);
    const header = ciphertext.subarray(0, HEADER);
    const of = (...indexes: number[]) =>
      Buffer.concat([header, ...indexes.map((index) => part(ciphertext, index))]);
    const forgeries = {
      reordered: of(1, 0, 2, 3),
      repeated: of(0, 0, 1, 2, 3),
      dropped: of(0, 2, 3),
      'cut after a whole chunk': of(0, 1, 2),
      'without its beginning': of(1, 2, 3),
      'longer than its end': of(0, 1, 2, 3, 3),
      spliced: Buffer.concat([
        header,
        part(ciphertext, 0),
        part(other, 1),
        part(ciphertext, 2),
        part(ciphertext, 3),
      ]),
      'under another header': Buffer.concat([other.subarray(0, HEADER), ciphertext.subarray(HEADER)]),
    };
    assert.equal((await through(key.decryptStream(place), of(0, 1, 2, 3), CHUNK)).length, 4 * CHUNK);
    for (const [name, forgery] of Object.entries(forgeries)) {
      await assert.rejects(through(key.decryptStream(place), forgery, CHUNK), BrokenCiphertext, name);
    }
  });

  test('is refused in any other place and under any other key', async () => {
    const ciphertext = await through(key.encryptStream(place), randomBytes(10), 10);
    for (const other of elsewhere) {
      await assert.rejects(through(key.decryptStream(other), ciphertext, 50), broken('authentication'));
    }
    await assert.rejects(
      through(AthleteKey.generate().decryptStream(place), ciphertext, 50),
      broken('authentication'),
    );
  });
});

describe('the keyed hash of an e-mail', () => {
  test('finds every spelling of one address and nothing else', () => {
    const key = new EmailKey(randomBytes(32));
    const hash = key.hash('zoë@example.org');
    assert.match(hash, /^[\w-]{43}$/);
    assert.equal(key.hash('  Zoë@Example.ORG '), hash);
    assert.equal(key.hash('zoe\u0308@example.org'), hash);
    assert.notEqual(key.hash('zoe@example.org'), hash);
    assert.notEqual(new EmailKey(randomBytes(32)).hash('zoë@example.org'), hash);
  });
});

async function through(
  transform: NodeJS.ReadWriteStream,
  bytes: Uint8Array,
  pieceBytes: number,
): Promise<Buffer> {
  const pieces = function* () {
    for (let start = 0; start < bytes.length; start += pieceBytes) {
      yield Buffer.from(bytes.subarray(start, start + pieceBytes));
    }
  };
  const out = new PassThrough();
  const [chunks] = await Promise.all([out.toArray(), pipeline(pieces(), transform, out)]);
  return Buffer.concat(chunks);
}
