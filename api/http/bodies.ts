import { hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import express, { type Request, type Response } from 'express';
import type { Route } from './endpoint.js';
import { UnsupportedMediaType } from './problems.js';

/** JSON bodies are forms and edits; whatever is larger is a file and comes as a stream. */
const MAX_JSON_BYTES = 1024 * 1024;

const digests = new WeakMap<IncomingMessage, string>();

const parseJson = express.json({
  limit: MAX_JSON_BYTES,
  verify: (request, _response, bytes) => {
    if (request.headers['idempotency-key'] !== undefined) {
      digests.set(request, hash('sha256', bytes, 'base64url'));
    }
  },
});

/**
 * The JSON body of a request; undefined when it has none or when the route takes the stream itself.
 *
 * @throws {UnsupportedMediaType} the route does not take such a body
 */
export async function readBody(request: Request, response: Response, route: Route): Promise<unknown> {
  if (route.method === 'GET') return undefined;
  if (route.consumes) {
    if (!request.is(route.consumes)) throw new UnsupportedMediaType(route.consumes);
    return undefined;
  }
  if (!hasBody(request)) return undefined;
  if (!request.is('application/json')) throw new UnsupportedMediaType('application/json');
  await new Promise<void>((resolve, reject) => {
    parseJson(request, response, (error?: unknown) => (error ? reject(error) : resolve()));
  });
  return request.body;
}

/**
 * What makes two bodies the same for an idempotency key. A stream is not read before its method runs, so of an
 * upload only the type and the length count; the upload itself finds a file that it already has.
 */
export function likenessOfBody(request: Request, route: Route): string {
  if (route.consumes) return `${route.consumes} ${request.headers['content-length'] ?? 'of unknown length'}`;
  return digests.get(request) ?? '';
}

function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
