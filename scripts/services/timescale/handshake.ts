import { timingSafeEqual } from 'node:crypto';
import { BrokenFrame, cString, FRONTEND, type FrameReader } from './wire.js';

/** The one database, as clients name it. */
export const DATABASE = 'paceline';

/** What a client opens a connection with. */
export type Opening =
  | { readonly kind: 'encryption' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'start'; readonly database: string; readonly settings: ReadonlyMap<string, string> };

const CANCEL_CODE = 80877102;
const ENCRYPTION_CODES = [80877103, 80877104];
const PROTOCOL_3 = 3;

// Answered by the gateway itself; as settings they would differ between clients and cost a replay at every turn.
const NOT_SETTINGS = new Set([
  'user',
  'database',
  'options',
  'application_name',
  'client_encoding',
  'replication',
]);

/** @returns undefined until the packet is whole */
export function readOpening(reader: FrameReader): Opening | undefined {
  const packet = reader.startup();
  if (!packet) return undefined;
  const code = packet.readInt32BE(0);
  if (code === CANCEL_CODE) return { kind: 'cancel' };
  if (ENCRYPTION_CODES.includes(code)) return { kind: 'encryption' };
  if (code >> 16 !== PROTOCOL_3)
    throw new BrokenFrame('08P01', 'only version 3 of the protocol is spoken here');
  const parameters = readParameters(packet);
  const settings = [...parameters].filter(([name]) => !NOT_SETTINGS.has(name) && !name.startsWith('_pq_.'));
  return {
    kind: 'start',
    database: parameters.get('database') ?? parameters.get('user') ?? '',
    settings: new Map([...settings, ...readOptions(parameters.get('options') ?? '')]),
  };
}

function readParameters(packet: Buffer): Map<string, string> {
  const parameters = new Map<string, string>();
  for (let at = 4; at < packet.length && packet[at] !== 0; ) {
    const name = cString(packet, at);
    const value = cString(packet, name.end);
    parameters.set(name.text, value.text);
    at = value.end;
  }
  return parameters;
}

// `options` holds words like those of a command line: -c name=value or --name=value.
function readOptions(options: string): [string, string][] {
  return [...options.matchAll(/(?:-c\s*|--)([\w.]+)=((?:\\.|[^\s\\])*)/g)].map(
    ([, name = '', value = '']) => [name, value.replaceAll(/\\(.)/g, '$1')],
  );
}

/** Whether the next message is the right password; undefined until it is whole. */
export function readPassword(reader: FrameReader, password: string): boolean | undefined {
  const message = reader.next();
  if (!message) return undefined;
  if (message.type !== FRONTEND.password) throw new BrokenFrame('08P01', 'a password was expected');
  const given = Buffer.from(cString(message.frame, 5).text);
  const wanted = Buffer.from(password);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
