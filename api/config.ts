import { resolve } from 'node:path';
import { z } from 'zod';
import { athletesRanking } from '../graph/recommended-athletes.js';
import { clubsRanking } from '../graph/recommended-clubs.js';
import { rankingShares } from './recommendations/ranking-shares.js';

const secretKey = z
  .string()
  .transform((text) => Buffer.from(text, 'base64'))
  .refine(
    (bytes) => bytes.length === 32,
    'must be 32 bytes in base64; make one with `openssl rand -base64 32`',
  );

const publicKeys = z
  .string()
  .default('')
  .transform((text) => text.split(',').filter(Boolean))
  .refine(
    (keys) => keys.every((key) => Buffer.from(key, 'base64').length === 32),
    'must be keys of 32 bytes in base64, separated by commas',
  );

const signingKey = z.object({
  kid: z.string().min(1),
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  d: z.string(),
});

const signingKeys = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: 'must be a JSON array of private EC P-256 keys (JWK)' });
      return z.NEVER;
    }
  })
  .pipe(z.array(signingKey).min(1));

const count = (fallback: number) => z.coerce.number().int().positive().default(fallback);

const shape = z.object({
  /** Where the API listens; 0 takes any free port. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  /** How clients reach the API; used in links that are mailed and in `Location`. */
  PUBLIC_URL: z.url().default('http://localhost:8080'),
  /** Origins that browsers may call from, separated by commas. */
  CORS_ORIGINS: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((origin) => origin.trim())
        .filter(Boolean),
    ),
  /** How many proxies stand before the API; the caller's address is taken from behind them. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).default(0),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),

  NEO4J_URL: z.url({ protocol: /^(neo4j|bolt)(\+s|\+ssc)?$/ }),
  TIMESCALE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }),
  /** A folder (`file:///…`) for original files, encrypted. */
  OBJECTS_URL: z.url({ protocol: /^file$/ }),
  /** A folder on a disk that survives the process: access decisions wait there. */
  JOURNAL_DIRECTORY: z
    .string()
    .min(1)
    .transform((path) => resolve(path)),
  /** What the journals of that folder may take while TimescaleDB is away; then nothing is answered. */
  JOURNAL_MAX_BYTES: count(1024 ** 3),
  /** `each`: a decision is on the disk before it counts; `background`: within 100 ms, which a dead process survives. */
  AUDIT_FLUSH: z.enum(['background', 'each']).default('background'),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }),
  MAIL_FROM: z.string().default('Paceline <no-reply@paceline.example>'),

  /** Wraps the data key of every athlete. */
  MASTER_KEY: secretKey,
  /** Finds an account by its e-mail without storing the address in clear. */
  EMAIL_KEY: secretKey,
  /** Signs the audit trail; only its public half is needed to verify it. */
  AUDIT_SIGNING_KEY: secretKey,
  /** Public halves (base64, separated by commas) of the keys that signed it before. */
  AUDIT_FORMER_KEYS: publicKeys,
  /** Private keys of access tokens: the first one signs, all of them verify. */
  TOKEN_KEYS: signingKeys,

  READS_PER_MINUTE: count(3_000),
  WRITES_PER_MINUTE: count(600),
  UPLOADS_PER_HOUR: count(1_000),
  /** Requests a minute of one address that shows no valid token. */
  ANONYMOUS_PER_MINUTE: count(600),
  /** Follows and requests to follow an hour of one athlete. */
  FOLLOWS_PER_HOUR: count(300),
  /** Questions a day of one athlete for whom they know by e-mail, each of at most 500 addresses. */
  CONTACT_QUESTIONS_PER_DAY: count(10),
  FAILED_LOGINS_PER_ACCOUNT: count(10),
  FAILED_LOGINS_PER_ADDRESS: count(100),
  /** How many files one worker processes at once; half of its time an upload waits for the stores. */
  UPLOAD_CONCURRENCY: count(4),
  /** Which file of graph/queries/recommend/ which share of the athletes is shown: `athletes-to-follow=0.9,changed=0.1`. */
  RECOMMEND_ATHLETES_TO_FOLLOW: rankingShares('athletes-to-follow', athletesRanking),
  RECOMMEND_CLUBS_TO_JOIN: rankingShares('clubs-to-join', clubsRanking),
});

export type Config = z.output<typeof shape>;

/** The configuration is wrong; the message lists everything that is, one line each. */
export class BadConfiguration extends Error {
  override name = 'BadConfiguration';
  constructor(readonly mistakes: readonly string[]) {
    super(`The configuration is wrong:\n${mistakes.map((mistake) => `  - ${mistake}`).join('\n')}`);
  }
}

/**
 * Reads the whole configuration from the environment; nothing else reads it.
 *
 * @param given settings that win over the environment: tests and the demo bring their own
 * @throws {BadConfiguration} with every mistake at once
 */
export function readConfig(given: Readonly<Record<string, string>> = {}): Config {
  return readAs(shape, given);
}

/** What it takes to verify the audit trail: no secret is among it. */
const auditShape = shape.pick({ TIMESCALE_URL: true, OBJECTS_URL: true }).extend({
  /** Public halves of the keys that signed the trail, base64, separated by commas. */
  AUDIT_PUBLIC_KEYS: publicKeys.refine((keys) => keys.length > 0, 'names no key'),
});

/**
 * Reads what `npm run audit:verify` needs.
 *
 * @param given settings that win over the environment
 * @throws {BadConfiguration} with every mistake at once
 */
export function readAuditConfig(given: Readonly<Record<string, string>> = {}): z.output<typeof auditShape> {
  return readAs(auditShape, given);
}

function readAs<Shape extends z.ZodType>(
  wanted: Shape,
  given: Readonly<Record<string, string>> = {},
): z.output<Shape> {
  const present = Object.fromEntries(
    Object.entries({ ...process.env, ...given }).filter(([, value]) => value !== ''),
  );
  const result = wanted.safeParse(present);
  if (result.success) return result.data;
  throw new BadConfiguration(
    result.error.issues.map(({ path, message }) => {
      const name = String(path[0]);
      return present[name] === undefined ? `${name} is missing` : `${path.join('.')}: ${message}`;
    }),
  );
}
