import type { Socket } from 'node:net';
import { BASE_SETTINGS, literal, resetSql, type Settings, settingsSql } from './settings.js';
import { judge, type Refusal, type Replacement } from './statements.js';
import {
  BrokenFrame,
  closeStatement,
  cString,
  FRONTEND,
  frame,
  type Message,
  queryFrame,
  syncFrame,
} from './wire.js';

/** What the engine does in one go for one client: a query, a batch up to Sync or Flush, or a whole COPY. */
export interface Unit {
  readonly session: Session;
  readonly bytes: Buffer;
  /** A Flush leaves the protocol open: the client keeps its turn until it sends Sync. */
  readonly isOpen: boolean;
  /** The engine's own CopyInResponse is taken out, the gateway has sent one already. */
  readonly isCopy: boolean;
  readonly isQuery: boolean;
  readonly changesSettings: boolean;
  /** It uses the unnamed statement of an earlier batch. */
  readonly usesUnnamed: boolean;
  /** The Parse that it leaves as the unnamed statement. */
  readonly unnamedParse: Buffer | undefined;
  queuedAt: number;
}

/** A COPY whose rows are still being sent. */
interface Gathering {
  readonly query: Buffer;
  chunks: Buffer[];
  bytes: number;
  readonly limitBytes: number;
}

type Batch = {
  frames: Buffer[];
  changesSettings: boolean;
  usesUnnamed: boolean;
  unnamedParse: Buffer | undefined;
};
const emptyBatch = (): Batch => ({
  frames: [],
  changesSettings: false,
  usesUnnamed: false,
  unnamedParse: undefined,
});

/** One client, as if it had a session of its own. */
export class Session {
  /** Settings to restore before its next turn. */
  settings: Settings = BASE_SETTINGS;
  /** The engine's settings may differ from `settings` since its last turn. */
  settingsMayDiffer = false;
  /** The last unnamed statement, to be parsed again if others came between. */
  unnamedParse: Buffer | undefined;
  readonly #prefix: string;
  readonly #preparedNames = new Set<string>();
  #batch = emptyBatch();
  #gathering: Gathering | undefined;

  constructor(
    readonly id: number,
    readonly socket: Socket,
    readonly limits: { copyBytes: number },
  ) {
    this.#prefix = `c${id}_`;
  }

  get isGathering(): boolean {
    return this.#gathering !== undefined;
  }

  get hasStatements(): boolean {
    return this.#preparedNames.size > 0;
  }

  /**
   * Takes one message.
   *
   * @returns a unit of work once one is complete, or 'copy' when the client is to be asked for its rows
   */
  take(message: Message): Unit | { copy: 'text' | 'binary' } | undefined {
    if (this.#gathering) return this.#gather(message);
    switch (message.type) {
      case FRONTEND.query:
        return this.#query(message.frame);
      case FRONTEND.parse:
        this.#parse(message.frame);
        return undefined;
      case FRONTEND.bind:
        this.#bind(message.frame);
        return undefined;
      case FRONTEND.describe:
      case FRONTEND.close:
        this.#nameStatement(message);
        return undefined;
      case FRONTEND.execute:
        this.#batch.frames.push(message.frame);
        return undefined;
      case FRONTEND.sync:
      case FRONTEND.flush:
        return this.#endBatch(message);
      // Left over from a COPY that failed: to be passed over, says the protocol.
      case FRONTEND.copyData:
      case FRONTEND.copyDone:
      case FRONTEND.copyFail:
        return undefined;
      default:
        throw new BrokenFrame('08P01', `message type ${message.type} is not supported`);
    }
  }

  /** Messages that remove what this client left in the engine: its transaction, portals and prepared statements. */
  farewell(): Buffer[] {
    const closes = [...this.#preparedNames].map((name) => closeStatement(this.#prefix + name));
    return [syncFrame(), queryFrame('ROLLBACK'), Buffer.concat([...closes, syncFrame()])];
  }

  #query(original: Buffer): Unit | { copy: 'text' | 'binary' } {
    const { text: sql } = cString(original, 5);
    const ruling = judge(sql);
    if (ruling.copy) {
      this.#gathering = { query: original, chunks: [], bytes: 0, limitBytes: this.limits.copyBytes };
      return { copy: ruling.copy };
    }
    const rewritten = this.#rewrite(sql, ruling.refusal, ruling.replacements);
    return this.#unit({
      bytes: rewritten === sql ? original : queryFrame(rewritten),
      isQuery: true,
      changesSettings: ruling.changesSettings,
    });
  }

  #parse(original: Buffer): void {
    const name = cString(original, 5);
    const statement = cString(original, name.end);
    const ruling = judge(statement.text);
    const refusal = ruling.refusal ?? (ruling.copy ? COPY_REFUSAL : undefined);
    const rewritten = this.#rewrite(statement.text, refusal, ruling.replacements);
    this.#batch.changesSettings ||= ruling.changesSettings;
    const isUnchanged = name.text === '' && rewritten === statement.text;
    const parse = isUnchanged
      ? original
      : frame('P', this.#engineName(name.text), rewritten, original.subarray(statement.end));
    if (name.text === '') this.#batch.unnamedParse = parse;
    else this.#preparedNames.add(name.text);
    this.#batch.frames.push(parse);
  }

  #bind(original: Buffer): void {
    const portal = cString(original, 5);
    const statement = cString(original, portal.end);
    if (statement.text === '') {
      this.#batch.usesUnnamed ||= this.#batch.unnamedParse === undefined;
      this.#batch.frames.push(original);
      return;
    }
    this.#batch.frames.push(
      frame('B', portal.text, this.#engineName(statement.text), original.subarray(statement.end)),
    );
  }

  #nameStatement({ type, frame: original }: Message): void {
    const { text: name } = cString(original, 6);
    if (original[5] !== 0x53 || name === '') {
      if (original[5] === 0x53) this.#batch.usesUnnamed ||= this.#batch.unnamedParse === undefined;
      this.#batch.frames.push(original);
      return;
    }
    if (type === FRONTEND.close) this.#preparedNames.delete(name);
    this.#batch.frames.push(
      frame(String.fromCharCode(type), original.subarray(5, 6), this.#engineName(name)),
    );
  }

  #endBatch(message: Message): Unit {
    const { frames, ...batch } = this.#batch;
    this.#batch = emptyBatch();
    return this.#unit({
      ...batch,
      bytes: Buffer.concat([...frames, message.frame]),
      isOpen: message.type === FRONTEND.flush,
    });
  }

  #gather(message: Message): Unit | undefined {
    const gathering = this.#gathering;
    if (!gathering) return undefined;
    switch (message.type) {
      case FRONTEND.copyData:
        gathering.bytes += message.frame.length;
        // What is over the limit is dropped as it comes; the client hears about it at the end, as the protocol wants.
        if (gathering.bytes <= gathering.limitBytes) gathering.chunks.push(message.frame);
        else gathering.chunks = [];
        return undefined;
      case FRONTEND.copyDone:
      case FRONTEND.copyFail: {
        this.#gathering = undefined;
        const isTooLarge = gathering.bytes > gathering.limitBytes;
        const end = isTooLarge ? frame('f', tooLarge(gathering.limitBytes)) : message.frame;
        return this.#unit({
          bytes: Buffer.concat([gathering.query, ...gathering.chunks, end]),
          isCopy: true,
          isQuery: true,
        });
      }
      // Both are allowed while rows are sent and mean nothing then.
      case FRONTEND.sync:
      case FRONTEND.flush:
        return undefined;
      default:
        throw new BrokenFrame('08P01', 'only rows may be sent during COPY');
    }
  }

  #rewrite(sql: string, refusal: Refusal | undefined, replacements: readonly Replacement[]): string {
    if (refusal) return raiseSql(refusal);
    let rewritten = '';
    let from = 0;
    for (const replacement of replacements) {
      rewritten += `${sql.slice(from, replacement.start)} ${this.#replace(replacement)}`;
      from = replacement.end;
    }
    return replacements.length === 0 ? sql : rewritten + sql.slice(from);
  }

  #replace({ act, name }: Replacement): string {
    switch (act) {
      case 'resetAll':
        return doSql(settingsSql(BASE_SETTINGS));
      case 'resetOne':
        return resetSql(name);
      case 'deallocateOne':
        this.#preparedNames.delete(name);
        return `DEALLOCATE "${this.#engineName(name)}"`;
      case 'deallocateAll':
        return doSql(this.#deallocateSql());
      case 'discardAll':
        return doSql(`${this.#deallocateSql()}${settingsSql(BASE_SETTINGS)}`);
    }
  }

  #deallocateSql(): string {
    const names = [...this.#preparedNames].map((name) => literal(this.#engineName(name))).join(', ');
    this.#preparedNames.clear();
    if (names === '') return '';
    return `FOR one IN SELECT name FROM pg_prepared_statements WHERE name IN (${names}) LOOP EXECUTE format('DEALLOCATE %I', one.name); END LOOP; `;
  }

  #engineName(name: string): string {
    return name === '' ? '' : this.#prefix + name;
  }

  #unit(parts: Pick<Unit, 'bytes'> & Partial<Unit>): Unit {
    return {
      session: this,
      isOpen: false,
      isCopy: false,
      isQuery: false,
      changesSettings: false,
      usesUnnamed: false,
      unnamedParse: undefined,
      queuedAt: 0,
      ...parts,
    };
  }
}

const COPY_REFUSAL: Refusal = {
  message: 'COPY FROM STDIN as a prepared statement is not supported by the embedded TimescaleDB',
  hint: 'Send it as a simple query.',
};

const tooLarge = (limitBytes: number): string =>
  `one COPY may hold ${limitBytes} bytes here: split it into several`;

// The engine raises the refusal itself: that way the transaction fails and the rest of a batch is skipped as it should be.
function raiseSql({ message, hint }: Refusal): string {
  return doSql(
    `RAISE EXCEPTION USING ERRCODE = '0A000', MESSAGE = ${literal(message)}, HINT = ${literal(hint)}`,
  );
}

// SELECT has no place for its result in PL/pgSQL, so it becomes PERFORM.
function doSql(statements: string): string {
  const body = statements.replaceAll(/(^|; )SELECT set_config/g, '$1PERFORM set_config');
  return `DO $paceline$DECLARE one record; BEGIN ${body || 'NULL'}; END$paceline$`;
}
