import { createServer } from 'node:net';
import { Problem } from '../problem.mjs';

/** A TCP port that nobody uses on the loopback address right now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** @throws {Problem} when something else listens on the port */
export function requireFreePort(port, owner, advice) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => {
      const taken = error.code === 'EADDRINUSE' || error.code === 'EACCES';
      reject(taken ? new Problem(`Port ${port}, wanted for ${owner}, is in use: ${advice}`) : error);
    });
    server.listen(port, '127.0.0.1', () => server.close(() => resolve()));
  });
}
