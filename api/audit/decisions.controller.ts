import { z } from 'zod';
import { decisionById, decisionsMatching, type ReadDecision } from '../../timeseries/decision-reads.js';
import { type Answer, type Call, Endpoint, ok } from '../http/endpoint.js';
import { decodeCursor, encodeCursor, Page } from '../http/paging.js';
import { NotFound } from '../http/problems.js';
import type { App } from '../wiring.js';
import { sealedDecisions } from './sealed-decisions.js';
import { DecisionKey, DecisionsQuery, DecisionView } from './shapes.js';

const DecisionCursor = z.tuple([z.iso.datetime(), z.uuid()]);
const BEGINNING_OF_TIME = new Date('0001-01-01T00:00:00Z');
const END_OF_TIME = new Date('9999-12-31T00:00:00Z');
const NO_ID = '00000000-0000-0000-0000-000000000000';

/** Answers auditors why somebody saw something, or did not. */
export class DecisionsController {
  constructor(private readonly app: App) {}

  @Endpoint('GET /v1/decisions/{decisionId}', {
    action: 'decision.read',
    decided: 'inside',
    summary: 'Read an access decision',
    description: 'For auditors. A decision is here within some seconds.',
    params: DecisionKey,
    answers: { 200: DecisionView },
  })
  async read({ subject, params }: Call<{ params: typeof DecisionKey }>): Promise<Answer> {
    const row = await decisionById(this.app.series, params.decisionId);
    const [sealed] = await sealedDecisions(this.app, row ? [row] : []);
    if (!sealed) throw new NotFound('decision');
    return ok(this.app.access.open(subject, 'decision.read', sealed));
  }

  @Endpoint('GET /v1/decisions', {
    action: 'decision.list',
    decided: 'atDoor',
    summary: 'List access decisions, the newest first',
    description: 'For auditors. Each decision on the page is decided by itself.',
    query: DecisionsQuery,
    answers: { 200: Page(DecisionView) },
  })
  async list({ subject, query }: Call<{ query: typeof DecisionsQuery }>): Promise<Answer> {
    const { limit } = query;
    const rows = await decisionsMatching(this.app.series, {
      subject: query.subject ?? null,
      resource: query.resource ?? null,
      action: query.action ?? null,
      since: query.since === undefined ? BEGINNING_OF_TIME : new Date(query.since),
      ...positionOf(query.cursor),
      limit: limit + 1,
    });
    const page = await sealedDecisions(this.app, rows.slice(0, limit));
    const items = this.app.access.openEach(subject, 'decision.read', page);
    return ok({ items, nextCursor: rows.length > limit ? cursorAfter(rows[limit - 1]) : null });
  }
}

function positionOf(cursor: string | undefined): { readonly beforeAt: Date; readonly beforeId: string } {
  if (cursor === undefined) return { beforeAt: END_OF_TIME, beforeId: NO_ID };
  const [decidedAt, beforeId] = decodeCursor(cursor, DecisionCursor);
  return { beforeAt: new Date(decidedAt), beforeId };
}

function cursorAfter(last: ReadDecision | undefined): string | null {
  return last ? encodeCursor([last.decidedAt.toISOString(), last.decisionId]) : null;
}
