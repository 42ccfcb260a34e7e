import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import type { App } from '../wiring.js';

/** How long requests under way may take to end when the process stops; a load balancer waits about as long. */
const DRAIN_MILLISECONDS = 10_000;

/** A listening API. `close` answers what is under way, takes nothing new and cuts what takes too long. */
export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

/** Listens on a port of this machine; 0 takes any free one. @throws when the port is taken */
export async function listen(app: App, server: Express, port: number): Promise<Listening> {
  let isDraining = false;
  const http = createServer((request, response) => {
    // A client that reuses its connection would keep the process alive.
    if (isDraining) response.setHeader('Connection', 'close');
    server(request, response);
  });
  http.listen(port);
  await once(http, 'listening');
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    close: async () => {
      isDraining = true;
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
