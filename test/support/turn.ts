import { once } from 'node:events';
import { connect } from 'node:net';

let turn: Promise<void> | undefined;

/**
 * Waits until no other process of the run uses its stores; from then on they are this process's until it ends. The
 * workers of two would handle each other's events and jobs. Alone, a process waits for nobody.
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
  // The turn is that of the processes that this one starts as well.
  delete process.env.PACELINE_TEST_TURNS;
  socket.unref();
}
