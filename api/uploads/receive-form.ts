import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import busboy from 'busboy';
import { BadBody } from '../http/problems.js';

/** The form cannot be read: it is no multipart, or it ends before its time. */
export class BadForm extends Error {
  override name = 'BadForm';
  readonly problem = 'bad-form';
}

/** What a form holds besides its file. */
export interface ReceivedForm<Stored> {
  readonly fields: Readonly<Record<string, string>>;
  /** What `store` made of the file. */
  readonly stored: Stored;
}

/**
 * Reads a form with one file in the part `file`, which is stored while it arrives; parts come in any order.
 *
 * @param store takes the file's name and content; what it throws is thrown here
 * @throws {BadForm} it is no multipart form, or was cut off
 * @throws {BadBody} no file, several files, too many or too long fields
 */
export async function receiveForm<Stored>(
  request: IncomingMessage,
  store: (fileName: string, content: Readable) => Promise<Stored>,
): Promise<ReceivedForm<Stored>> {
  const form = parserFor(request);
  const fields = new Map<string, string>();
  let storing: Promise<Stored> | undefined;
  const refuse = (path: string, message: string) => form.destroy(new BadBody([{ path, message }]));

  form.on('file', (part, content, { filename = '' }) => {
    // Whoever stores the file hears of its errors; without a listener they would end the process.
    content.on('error', () => {});
    if (part !== 'file') refuse(part, 'is not known here');
    else if (storing) refuse('file', 'given more than once');
    else {
      storing = store(filename, content);
      storing.catch((error: Error) => form.destroy(error));
    }
  });
  form.on('field', (part, value, { valueTruncated }) => {
    if (valueTruncated) refuse(part, `longer than ${MAX_FIELD_BYTES} bytes`);
    else if (part === 'file') refuse('file', 'must be a file with a name');
    else if (fields.has(part)) refuse(part, 'given more than once');
    // Forms of browsers send what was left blank.
    else if (value !== '') fields.set(part, value);
  });
  form.on('partsLimit', () => refuse('', `more than ${MAX_PARTS} parts`));

  try {
    await pipeline(request, form);
    if (!storing) throw new BadBody([{ path: 'file', message: 'is missing' }]);
    return { fields: Object.fromEntries(fields), stored: await storing };
  } catch (error) {
    await storing?.catch(() => {});
    throw isOurs(error) ? error : new BadForm('the form is not complete');
  }
}

const MAX_PARTS = 20;
const MAX_FIELD_BYTES = 32 * 1024; // a description in four-byte characters

function parserFor(request: IncomingMessage): busboy.Busboy {
  try {
    return busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      limits: { parts: MAX_PARTS, fieldSize: MAX_FIELD_BYTES },
    });
  } catch {
    throw new BadForm('the content type names no boundary');
  }
}

const isOurs = (error: unknown): boolean => error instanceof Error && 'problem' in error;
