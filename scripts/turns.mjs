import { createServer } from 'node:net';

/**
 * Lets one process after another use what all of them share: whoever connects waits for a byte, and has its turn from
 * then until its connection ends, as it does when the process dies.
 *
 * @returns the port to connect to on this machine, and `close`
 */
export async function openTurns() {
  const waiting = [];
  let holder;
  const next = () => {
    holder = waiting.shift();
    holder?.write('!');
  };
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('close', () => {
      if (socket === holder) next();
      else waiting.splice(waiting.indexOf(socket), 1);
    });
    // A closed end is only noticed by who reads.
    socket.resume();
    waiting.push(socket);
    if (!holder) next();
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return { port: server.address().port, close: () => server.close() };
}
