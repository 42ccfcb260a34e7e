import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import type { Answer } from './endpoint.js';
import { etagOf, isUnchanged } from './etags.js';
import type { Rendered } from './rendered.js';

/** Sends a rendered answer, or 304 when the reader has it already. */
export function send(request: Request, response: Response, { status, headers, body }: Rendered): void {
  response.status(status);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (status === 200 && isRead(request) && isUnchanged(request.headers['if-none-match'], headers.ETag)) {
    response.removeHeader('Content-Type');
    response.status(304).end();
    return;
  }
  if (body === '') {
    response.end();
    return;
  }
  // Node itself leaves the body out when the method is HEAD.
  response.setHeader('Content-Length', Buffer.byteLength(body));
  response.end(body);
}

/** Sends a file as it comes, or only what is known about it when the method is HEAD. */
export async function sendFile(
  request: Request,
  response: Response,
  { content, contentType, fileName, bytes }: Extract<Answer, { kind: 'file' }>,
): Promise<void> {
  if (fileName !== undefined) response.attachment(fileName);
  response.setHeader('Content-Type', contentType);
  if (!(content instanceof Readable)) {
    const etag = etagOf(content, undefined);
    response.setHeader('ETag', etag);
    if (isUnchanged(request.headers['if-none-match'], etag)) {
      response.status(304).end();
      return;
    }
    response.setHeader('Content-Length', Buffer.byteLength(content));
    response.end(content);
    return;
  }
  // A recording is packed already, or is saved as it is: compressing it on the way would hide its length.
  response.setHeader('Cache-Control', `${response.getHeader('Cache-Control')}, no-transform`);
  if (bytes !== undefined) response.setHeader('Content-Length', bytes);
  if (request.method === 'HEAD') {
    content.destroy();
    response.end();
    return;
  }
  await pipeline(content, response);
}

/** Whether a request only reads. */
export function isRead({ method }: Request): boolean {
  return method === 'GET' || method === 'HEAD';
}
