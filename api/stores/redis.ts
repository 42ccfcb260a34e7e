import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Logger } from 'pino';
import { createClient, ErrorReply } from 'redis';

/** How long a start waits for Redis before it goes on without; the client keeps trying behind it. */
const FIRST_CONNECTION_MILLISECONDS = 3_000;
const CONNECT_MILLISECONDS = 1_000;
const MAX_RECONNECT_MILLISECONDS = 2_000;
/** A server that answers no ping for so long hangs; the connection is given up, so that commands fail at once. */
const SILENCE_MILLISECONDS = 5_000;
/** Commands that wait for a server that hangs. */
const MAX_WAITING_COMMANDS = 10_000;

// One place says how the client is made, so that its type has a name.
function client(url: string) {
  return createClient({
    url,
    // Redis is never the truth: while it is away a command fails at once and its caller does without.
    disableOfflineQueue: true,
    commandsQueueMaxLength: MAX_WAITING_COMMANDS,
    pingInterval: SILENCE_MILLISECONDS / 2,
    socket: {
      connectTimeout: CONNECT_MILLISECONDS,
      socketTimeout: SILENCE_MILLISECONDS,
      reconnectStrategy: (retries) => Math.min(50 * 2 ** retries, MAX_RECONNECT_MILLISECONDS),
    },
  });
}

/** A connection to Redis; commands reject while it is away, `close` waits for those under way. */
export type Redis = ReturnType<typeof client>;

/** Connects, and reconnects for as long as the process lives. Resolves without a connection when none comes. */
export async function connectRedis(url: string, log: Logger): Promise<Redis> {
  const redis = client(url);
  let isLost = false;
  redis.on('error', (error: unknown) => {
    // One line when it goes away, not one for each attempt to come back.
    if (!isLost) log.error({ err: error }, 'Redis is not reachable');
    isLost = true;
  });
  redis.on('ready', () => {
    if (isLost) log.info('Redis is reachable again');
    isLost = false;
  });
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, FIRST_CONNECTION_MILLISECONDS);
    const goOn = () => {
      clearTimeout(timer);
      resolve();
    };
    redis.connect().then(goOn, goOn);
  });
  return redis;
}

/** A Lua script in its own file, with the digest that Redis knows it by. */
export interface Script {
  readonly lua: string;
  readonly sha1: string;
}

/** A script, read once when the module loads. @param path from the root: `api/http/rate-limit.lua` */
export function script(path: string): Script {
  const lua = readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
  return { lua, sha1: createHash('sha1').update(lua).digest('hex') };
}

/** Runs a script in one round trip; in two when Redis has not seen it since its start. */
export async function runScript(
  redis: Redis,
  { lua, sha1 }: Script,
  keys: readonly string[],
  parameters: readonly string[],
): Promise<unknown> {
  const options = { keys: [...keys], arguments: [...parameters] };
  try {
    return await redis.evalSha(sha1, options);
  } catch (error) {
    if (!(error instanceof ErrorReply && error.message.startsWith('NOSCRIPT'))) throw error;
    return await redis.eval(lua, options);
  }
}
