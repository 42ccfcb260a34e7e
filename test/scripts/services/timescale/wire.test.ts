import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { BrokenFrame, FrameReader, frame } from '../../../../scripts/services/timescale/wire.js';

test('messages come out whole however the bytes were cut', () => {
  const frames = fc.array(fc.tuple(fc.constantFrom('Q', 'P', 'd'), fc.uint8Array({ maxLength: 40 })));
  const sizes = fc.infiniteStream(fc.integer({ min: 1, max: 13 }));
  fc.assert(
    fc.property(frames, sizes, (messages, cuts) => {
      const sent = messages.map(([type, body]) => frame(type, Buffer.from(body)));
      const bytes = Buffer.concat(sent);
      const reader = new FrameReader();
      const read: Buffer[] = [];

      for (let at = 0; at < bytes.length; ) {
        const size = cuts.next().value ?? 1;
        reader.push(bytes.subarray(at, at + size));
        at += size;
        for (let message = reader.next(); message; message = reader.next()) read.push(message.frame);
      }

      assert.deepEqual(read, sent);
    }),
  );
});

test('a length that makes no sense is refused', () => {
  const reader = new FrameReader();
  reader.push(Buffer.from([0x51, 0xff, 0xff, 0xff, 0xff]));

  assert.throws(() => reader.next(), BrokenFrame);
});
