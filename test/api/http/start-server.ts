import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { after } from 'node:test';
import { pino } from 'pino';
import supertest from 'supertest';
import { readConfig } from '../../../api/config.js';
import type { Controller } from '../../../api/controllers.js';
import { type Listening, listen } from '../../../api/http/listen.js';
import { buildServer } from '../../../api/http/server.js';
import { type SigningKey, Tokens } from '../../../api/http/tokens.js';
import { News } from '../../../api/stores/news.js';
import { connectRedis } from '../../../api/stores/redis.js';
import type { App } from '../../../api/wiring.js';
import { Graph } from '../../../graph/session.js';
import { Access, type Decision, type Engine } from '../../../policies/access.js';
import { claimForTests, storeUrls } from '../../support/stores.js';

/** A server of test-only controllers on the real Redis and graph. */
export interface TestServer {
  readonly app: App;
  readonly url: string;
  readonly listening: Listening;
  /** What the log was told, parsed. */
  readonly lines: Record<string, unknown>[];
  readonly decisions: Decision[];
  readonly request: ReturnType<typeof supertest>;
  /** A new athlete with a session in the graph, and the header that shows it. */
  newSession(): Promise<{ athleteId: string; sessionId: string; authorization: string }>;
}

/** Starts a server for the rest of the test file. */
export async function startServer(
  controllers: readonly Controller[],
  settings: Readonly<Record<string, string>> = {},
  parts: Partial<App> = {},
): Promise<TestServer> {
  await claimForTests(storeUrls());
  const config = readConfig({ ...requiredSettings(), ...settings });
  const lines: Record<string, unknown>[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => lines.push(JSON.parse(line)) });
  const now = parts.now ?? (() => new Date());
  const decisions: Decision[] = [];
  const graph = new Graph(config.NEO4J_URL);
  const redis = await connectRedis(config.REDIS_URL, log);
  const access = new Access(LENIENT, { record: (recorded) => decisions.push(...recorded) }, now);
  const news = new News(redis, config.REDIS_URL, log);
  // The parts that no test-only controller uses are left out.
  const app = { config, log, now, access, graph, redis, news, ...parts } as App;
  const listening = await listen(app, buildServer(app, controllers), 0);
  after(async () => {
    await listening.close();
    await news.close();
    await Promise.all([graph.close(), redis.close()]);
  });

  const tokens = new Tokens(config.TOKEN_KEYS, now);
  const newSession = async () => {
    const [athleteId, sessionId] = [randomUUID(), randomUUID()];
    await graph.write((transaction) =>
      transaction.run(
        { path: 'test', text: SESSION },
        { athleteId, sessionId, expiresAt: new Date('2099-01-01') },
      ),
    );
    const accessToken = tokens.issueAccess({ athleteId, sessionId, scopes: ['*'] });
    return { athleteId, sessionId, authorization: `Bearer ${accessToken}` };
  };
  const { url } = listening;
  return { app, url, listening, lines, decisions, request: supertest(url), newSession };
}

function requiredSettings(): Record<string, string> {
  const { neo4jUrl, timescaleUrl, redisUrl } = storeUrls();
  return {
    NEO4J_URL: neo4jUrl,
    TIMESCALE_URL: timescaleUrl,
    REDIS_URL: redisUrl,
    OBJECTS_URL: 'file:///unused',
    JOURNAL_DIRECTORY: 'unused',
    SMTP_URL: 'smtp://127.0.0.1:9',
    MASTER_KEY: Buffer.alloc(32, 'master').toString('base64'),
    EMAIL_KEY: Buffer.alloc(32, 'e-mail').toString('base64'),
    AUDIT_SIGNING_KEY: Buffer.alloc(32, 'audit').toString('base64'),
    TOKEN_KEYS: JSON.stringify([newSigningKey()]),
    // Whatever else runs on this machine must not use up the limit of its address.
    ANONYMOUS_PER_MINUTE: '1000000',
  };
}

/** A key to sign tokens with. */
export function newSigningKey(): SigningKey {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '', d = '' } = privateKey.export({ format: 'jwk' });
  return { kid: randomUUID(), kty: 'EC', crv: 'P-256', x, y, d };
}

const SESSION = `
CREATE (:Session {sessionId: $sessionId, expiresAt: $expiresAt})-[:OF]->(:Athlete {athleteId: $athleteId})
`;

// Enough of a policy for the wire: the service is open, everything else asks for an active session, and what is
// called a secret is concealed. The real policy has its own tests.
const LENIENT: Engine = {
  bundle: 'test',
  admit: (action, subject) =>
    action === 'service.read' || subject.standing === 'active'
      ? { allowed: true, revealed: true, rules: ['allow-test'], withheld: [] }
      : { allowed: false, revealed: false, rules: ['deny-test'], withheld: [] },
  decide: (action, subject, targets) =>
    targets.map(({ resource }) =>
      resource.kind === 'secret'
        ? { allowed: false, revealed: false, rules: ['deny-test'], withheld: [] }
        : LENIENT.admit(action, subject),
    ),
};
