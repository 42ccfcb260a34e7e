import { type Answer, Endpoint, ok } from '../http/endpoint.js';
import type { App } from '../wiring.js';
import { Alive, Ready } from './shapes.js';

/** A store that takes longer than this does not carry requests either. */
const PATIENCE_MILLISECONDS = 1_000;

/** Some stores do not answer, so requests would fail here. */
class NotReady extends Error {
  override name = 'NotReady';
  readonly problem = 'not-ready';
  readonly retryAfterSeconds = 1;
  readonly fields: { readonly failing: readonly string[] };
  constructor(failing: readonly string[]) {
    super(`no answer from ${failing.join(', ')}`);
    this.fields = { failing };
  }
}

/** For whoever keeps the processes running: whether to restart this one, and whether to send requests to it. */
export class HealthController {
  constructor(private readonly app: App) {}

  @Endpoint('GET /health/live', {
    action: 'service.read',
    decided: 'public',
    summary: 'Whether the process lives',
    description: 'Asks no store: a restart would not help a store.',
    answers: { 200: Alive },
  })
  async live(): Promise<Answer> {
    return ok({ status: 'live' });
  }

  @Endpoint('GET /health/ready', {
    action: 'service.read',
    decided: 'public',
    summary: 'Whether every store answers',
    answers: { 200: Ready },
    problems: ['not-ready'],
  })
  async ready(): Promise<Answer> {
    const { graph, series, redis } = this.app;
    const pings: readonly (readonly [store: string, ping: Promise<unknown>])[] = [
      ['neo4j', graph.ping()],
      ['timescale', series.ping()],
      ['redis', redis.ping()],
    ];
    const verdicts = await Promise.all(
      pings.map(async ([store, ping]) => [store, await answers(ping)] as const),
    );
    const failing = verdicts.flatMap(([store, hasAnswered]) => (hasAnswered ? [] : [store]));
    if (failing.length > 0) throw new NotReady(failing);
    return ok({ status: 'ready' });
  }
}

function answers(ping: Promise<unknown>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), PATIENCE_MILLISECONDS);
    const settle = (hasAnswered: boolean) => {
      clearTimeout(timer);
      resolve(hasAnswered);
    };
    ping.then(
      () => settle(true),
      () => settle(false),
    );
  });
}
