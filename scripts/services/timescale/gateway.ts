import { randomInt } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import type { Engine, EngineBroken } from './engine.js';
import { DATABASE, readOpening, readPassword } from './handshake.js';
import { Session } from './session.js';
import { BASE_SETTINGS, type Settings } from './settings.js';
import { type TurnLimits, Turns } from './turns.js';
import {
  authenticationCleartext,
  authenticationOk,
  BrokenFrame,
  backendKey,
  FRONTEND,
  FrameReader,
  fatalFrame,
  parameterStatus,
  readyForQuery,
} from './wire.js';

/** Limits of the gateway. */
export interface GatewayLimits extends TurnLimits {
  /** A COPY is gathered in memory before the engine sees it. */
  readonly copyBytes: number;
  readonly connections: number;
}

export const DEFAULT_LIMITS: GatewayLimits = {
  idleTransactionMilliseconds: 30_000,
  queueMilliseconds: 60_000,
  copyBytes: 64 * 1024 * 1024,
  connections: 100,
};

// A client that sends without reading is read from no further.
const MAX_QUEUED_PER_CLIENT = 64;
const HANDSHAKE_MILLISECONDS = 10_000;
const FAREWELL_MILLISECONDS = 500;

const PARAMETERS = {
  server_version: '17.5',
  server_encoding: 'UTF8',
  client_encoding: 'UTF8',
  DateStyle: 'ISO, MDY',
  IntervalStyle: 'postgres',
  TimeZone: BASE_SETTINGS.get('TimeZone') ?? 'UTC',
  integer_datetimes: 'on',
  standard_conforming_strings: 'on',
};

/** Speaks the Postgres wire with several clients on behalf of an engine that has one session. */
export class Gateway {
  readonly turns: Turns;
  readonly #server: Server;
  readonly #clients = new Map<Socket, Client>();
  #nextId = 1;

  /** @param broken called once when the engine cannot go on; clients have been told by then */
  constructor(
    engine: Engine,
    readonly password: string,
    readonly limits: GatewayLimits,
    broken: (error: EngineBroken) => void,
  ) {
    this.turns = new Turns(engine, limits, {
      answered: (session) => this.#clients.get(session.socket)?.pump(),
      expired: (session, why) => this.#clients.get(session.socket)?.expire(why),
      broken: (error) => {
        void this.#dismissAll('57P02', 'the embedded TimescaleDB failed and restarts').then(() =>
          broken(error),
        );
      },
    });
    this.#server = createServer({ noDelay: true }, (socket) => this.#admit(socket));
  }

  /** @returns the port in use, which is the one wanted unless that was 0 */
  listen(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', () => {
        const address = this.#server.address();
        resolve(address && typeof address === 'object' ? address.port : port);
      });
    });
  }

  /** Ends every connection and takes no more. */
  async close(): Promise<void> {
    this.turns.stop();
    await this.#dismissAll('57P01', 'the embedded TimescaleDB shuts down');
  }

  #admit(socket: Socket): void {
    const client = new Client(socket, this.#nextId++, this);
    this.#clients.set(socket, client);
    socket.once('close', () => this.#clients.delete(socket));
    if (this.#clients.size > this.limits.connections) client.dismiss('53300', 'too many connections');
  }

  async #dismissAll(code: string, message: string): Promise<void> {
    this.#server.close();
    const closed = [...this.#clients.values()].map((client) => client.dismiss(code, message));
    const patience = new Promise((resolve) => setTimeout(resolve, FAREWELL_MILLISECONDS).unref());
    await Promise.race([Promise.all(closed), patience]);
  }
}

/** One connection, from its first packet to its end. */
class Client {
  readonly #reader = new FrameReader();
  readonly #session: Session;
  #stage: 'opening' | 'password' | 'ready' | 'gone' = 'opening';
  #settings: Settings = BASE_SETTINGS;
  #queuedUnits = 0;
  readonly #handshakeTimer: NodeJS.Timeout;

  constructor(
    private readonly socket: Socket,
    private readonly id: number,
    private readonly gateway: Gateway,
  ) {
    this.#session = new Session(id, socket, gateway.limits);
    this.#handshakeTimer = setTimeout(() => socket.destroy(), HANDSHAKE_MILLISECONDS);
    socket.on('data', (chunk) => {
      this.#reader.push(chunk);
      this.gateway.turns.refresh(this.#session);
      this.#advance();
    });
    socket.on('drain', () => this.#advance());
    // A reset connection says so here; what matters follows in 'close'.
    socket.on('error', () => {});
    socket.once('close', () => this.#leave());
  }

  /** One of its units is done. */
  pump(): void {
    this.#queuedUnits -= 1;
    this.#advance();
  }

  expire(why: 'idle in a transaction' | 'waiting for its turn'): void {
    if (why === 'idle in a transaction')
      void this.dismiss('25P03', 'terminated: idle in a transaction for too long');
    else
      void this.dismiss(
        '57P03',
        'terminated: waited too long for its turn',
        'Another client keeps the engine busy.',
      );
  }

  /** Tells the client why, ends the connection and resolves when the socket is closed. */
  dismiss(code: string, message: string, hint?: string): Promise<void> {
    const closed = new Promise<void>((resolve) => this.socket.once('close', () => resolve()));
    if (this.socket.closed) return Promise.resolve();
    this.#leave();
    this.socket.end(fatalFrame(code, message, hint), () => this.socket.destroy());
    setTimeout(() => this.socket.destroy(), FAREWELL_MILLISECONDS).unref();
    return closed;
  }

  #leave(): void {
    clearTimeout(this.#handshakeTimer);
    const wasReady = this.#stage === 'ready';
    this.#stage = 'gone';
    if (wasReady) this.gateway.turns.withdraw(this.#session);
  }

  #advance(): void {
    try {
      if (this.#stage === 'opening') this.#open();
      if (this.#stage === 'password') this.#authenticate();
      while (this.#stage === 'ready' && !this.#isCongested()) {
        const message = this.#reader.next();
        if (!message) break;
        if (message.type === FRONTEND.terminate) {
          this.socket.end();
          this.#leave();
          return;
        }
        const task = this.#session.take(message);
        if (!task) continue;
        this.#queuedUnits += 1;
        this.gateway.turns.submit('copy' in task ? { ...task, session: this.#session, queuedAt: 0 } : task);
      }
    } catch (error) {
      if (!(error instanceof BrokenFrame)) throw error;
      void this.dismiss(error.code, error.message);
    }
    if (this.#isCongested()) this.socket.pause();
    else if (this.socket.isPaused()) this.socket.resume();
  }

  #isCongested(): boolean {
    return this.#queuedUnits >= MAX_QUEUED_PER_CLIENT || this.socket.writableNeedDrain;
  }

  #open(): void {
    const opening = readOpening(this.#reader);
    if (!opening) return;
    if (opening.kind === 'cancel') {
      // The engine runs one call at a time and cannot be interrupted.
      this.socket.destroy();
      return;
    }
    if (opening.kind === 'encryption') {
      this.socket.write('N');
      this.#open();
      return;
    }
    if (opening.database !== DATABASE) {
      void this.dismiss(
        '3D000',
        `database "${opening.database}" does not exist`,
        `The only one is "${DATABASE}".`,
      );
      return;
    }
    if (opening.settings.size > 0) this.#settings = new Map([...BASE_SETTINGS, ...opening.settings]);
    this.#stage = 'password';
    this.socket.write(authenticationCleartext());
  }

  #authenticate(): void {
    const isRight = readPassword(this.#reader, this.gateway.password);
    if (isRight === undefined) return;
    if (!isRight) {
      void this.dismiss('28P01', 'password authentication failed');
      return;
    }
    clearTimeout(this.#handshakeTimer);
    this.#session.settings = this.#settings;
    this.#stage = 'ready';
    const statuses = Object.entries(PARAMETERS).map(([name, value]) => parameterStatus(name, value));
    const key = backendKey(this.id, randomInt(2 ** 31));
    this.socket.write(Buffer.concat([authenticationOk(), ...statuses, key, readyForQuery()]));
  }
}
