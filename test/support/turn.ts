import { once } from 'node:events';
import { connect } from 'node:net';

let turn: Promise<void> | undefined;

/**
 * Waits until no other test file uses the stores of the run; from then on they are this process's until it ends. The
 * workers of two files would handle each other's events and jobs. Alone, a file waits for nobody.
 */
export function takeTurn(): Promise<void> {
  turn ??= waitForTurn();
  return turn;
}

async function waitForTurn(): Promise<void> {
  const port = process.env.PACELINE_TEST_TURNS;
  if (!port) return;
  const socket = connect(Number(port), '127.0.0.1');
  await once(socket, 'data');
  // The turn of a test file is that of the processes that it starts.
  delete process.env.PACELINE_TEST_TURNS;
  socket.unref();
}
