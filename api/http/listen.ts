import { once } from 'node:events';
import { createServer, type ServerResponse, STATUS_CODES } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Express } from 'express';
import { v7 as uuidv7 } from 'uuid';
import type { App } from '../wiring.js';
import type { ProblemSlug } from './problem-types.js';
import { renderProblem } from './rendered.js';

/** How long requests under way may take to end when the process stops; a load balancer waits about as long. */
const DRAIN_MILLISECONDS = 10_000;

/** Longer than load balancers keep idle connections, so that they never send into one that we are closing. */
const KEEP_ALIVE_MILLISECONDS = 75_000;

/** A listening API. `close` answers what is under way, takes nothing new and cuts what takes too long. */
export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

/** Listens on a port of this machine; 0 takes any free one. @throws when the port is taken */
export async function listen(app: App, server: Express, port: number): Promise<Listening> {
  let isDraining = false;
  const underWay = new Set<ServerResponse>();
  const http = createServer((request, response) => {
    if (isDraining) response.setHeader('Connection', 'close');
    underWay.add(response);
    response.once('close', () => underWay.delete(response));
    server(request, response);
  });
  http.keepAliveTimeout = KEEP_ALIVE_MILLISECONDS;
  http.on('clientError', answerUnreadable);
  http.listen(port);
  await once(http, 'listening');
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    close: async () => {
      isDraining = true;
      app.news.endWaiting();
      // A client that reuses its connection would keep the process alive, or send into one that is closing.
      for (const response of underWay) if (!response.headersSent) response.setHeader('Connection', 'close');
      const closed = once(http, 'close');
      http.close();
      // Connections that were busy a moment ago become idle without a further request.
      const sweep = setInterval(() => http.closeIdleConnections(), 50);
      const cut = setTimeout(() => {
        app.log.warn('requests were cut because they took too long to end');
        http.closeAllConnections();
      }, DRAIN_MILLISECONDS);
      await closed;
      clearInterval(sweep);
      clearTimeout(cut);
    },
  };
}

// What Node could not read as a request never reaches Express.
const UNREADABLE: Readonly<Record<string, ProblemSlug>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
};

function answerUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const slug = UNREADABLE[error.code ?? ''] ?? 'bad-request';
  const { status, headers, body } = renderProblem({ slug, fields: {} }, '/');
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `X-Request-Id: ${uuidv7()}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
}
