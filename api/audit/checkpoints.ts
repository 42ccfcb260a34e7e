import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { ObjectMissing, type Objects } from '../stores/objects.js';

const Chain = z.string().regex(/^[\da-f]{64}$/);
const WriterLink = z.tuple([z.uuid(), z.number().int(), Chain]);

const Checkpoint = z.strictObject({
  number: z.number().int().positive(),
  madeAt: z.iso.datetime(),
  /** SHA-256 of the body of the one before, hexadecimal; null in the first. */
  previous: Chain.nullable(),
  /** Where chains end that have become longer: writer, number of its last decision, chain. */
  heads: z.array(WriterLink),
  /**
   * What was decided before an instant was verified a last time; rows up to these need not be there any more. Nor need
   * checkpoints before the number `keptFrom`, but for those that have a cut themselves.
   */
  cut: z
    .strictObject({
      before: z.iso.datetime(),
      heads: z.array(WriterLink),
      keptFrom: z.number().int().positive().default(1),
    })
    .nullable(),
});

/** What the trail must at least hold. */
export type Checkpoint = z.output<typeof Checkpoint>;

/** A checkpoint as it was signed; the signature is base64. */
export interface SignedCheckpoint {
  readonly body: string;
  readonly signature: string;
}

/** Reads what was signed; undefined when it is no checkpoint. */
export function checkpointIn({ body }: SignedCheckpoint): Checkpoint | undefined {
  try {
    return Checkpoint.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}

/** What the signature of a checkpoint covers. */
export function checkpointText(body: string): string {
  return `paceline audit checkpoint ${body}`;
}

/** What the next checkpoint names this one by, hexadecimal. */
export function digestOf(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}

/** The checkpoint of a number in the object store; undefined when there is none. */
export async function publishedCheckpoint(
  objects: Objects,
  number: number,
): Promise<SignedCheckpoint | undefined> {
  try {
    return Signed.parse(JSON.parse(await text(await objects.get(keyOf(number)))));
  } catch (error) {
    if (error instanceof ObjectMissing) return undefined;
    throw error;
  }
}

/** Puts a checkpoint into the object store. */
export async function publish(
  objects: Objects,
  number: number,
  { body, signature }: SignedCheckpoint,
): Promise<void> {
  await objects.put(keyOf(number), Readable.from([JSON.stringify({ body, signature })]));
}

/** Takes a checkpoint out of the object store; it may be gone already. */
export async function unpublish(objects: Objects, number: number): Promise<void> {
  await objects.delete(keyOf(number));
}

/** The numbers of all checkpoints in the object store, in order. */
export async function publishedNumbers(objects: Objects): Promise<readonly number[]> {
  const numbers: number[] = [];
  for await (const { key } of objects.list(FOLDER)) numbers.push(Number(key.split('/').at(-1)));
  return numbers.sort((a, b) => a - b);
}

const Signed = z.object({ body: z.string(), signature: z.string() });
const FOLDER = 'audit/checkpoints';

// A thousand to a folder, since file systems dislike millions in one.
function keyOf(number: number): string {
  const thousand = String(Math.floor(number / 1_000)).padStart(9, '0');
  return `${FOLDER}/${thousand}/${String(number).padStart(12, '0')}`;
}
