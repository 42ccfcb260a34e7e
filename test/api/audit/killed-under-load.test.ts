import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { drainJournals } from '../../../api/audit/drain-journals.js';
import { verifyChain } from '../../../api/audit/verify-chain.js';
import { randomFrom } from '../../../scripts/simulate/random.js';
import { startApi, type TestApi, temporaryFolder, testSettings } from '../../support/app.js';
import { testCount } from '../../support/counts.js';

const SERVER = fileURLToPath(new URL('../../support/doomed-server.js', import.meta.url));
const CLIENTS = 8;

let api: TestApi;
before(async () => {
  api = await startApi();
});
after(() => api.stop());

interface Row {
  readonly writer: string;
  readonly sequence: number;
  readonly decision_id: string;
  readonly request_id: string;
}

async function rowsOf(prefix: string): Promise<Row[]> {
  const text = `SELECT writer, sequence, decision_id, request_id FROM decisions
    WHERE writer IN (SELECT writer FROM decisions WHERE request_id LIKE '${prefix}%')
    ORDER BY writer, sequence`;
  return api.app.series.query<object, Row>({ path: 'test', text }, {});
}

/** Asks without a pause until the server is gone, and notes the ids of requests that were answered. */
async function askUntilKilled(url: string, prefix: string, answered: string[]): Promise<void> {
  const client = async () => {
    for (;;) {
      const requestId = `${prefix}${randomUUID()}`;
      // Refused without a log-in: one decision each.
      const headers = { 'x-request-id': requestId };
      const response = await fetch(`${url}/v1/feed`, { headers }).catch(() => undefined);
      if (!response) return;
      answered.push(requestId);
      if (!(await response.text().catch(() => undefined))) return;
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
}

async function urlOf(child: ChildProcess): Promise<string> {
  let told = '';
  child.stdout?.on('data', (text) => {
    told += text;
  });
  while (!told.includes('\n') && child.exitCode === null) await wait(20);
  return told.trim();
}

const kills = testCount(5, 100);
test(`${kills} processes are killed under load: no answered decision is missing, none is there twice`, async (context) => {
  const directory = await temporaryFolder(context);
  const { even } = randomFrom(20_261_125);
  for (let kill = 0; kill < kills; kill += 1) {
    const prefix = `kill-${randomUUID().slice(0, 8)}-`;
    const env = { ...process.env, ...testSettings(), JOURNAL_DIRECTORY: directory };
    const child = spawn(process.execPath, [SERVER], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const url = await urlOf(child);
    const answered: string[] = [];
    const asking = askUntilKilled(url, prefix, answered);
    // Counted from the first answer, which a busy machine gives late.
    while (answered.length === 0 && child.exitCode === null) await wait(1);
    await wait(even() * 1_200);
    child.kill('SIGKILL');
    await Promise.all([once(child, 'close'), asking]);

    await drainJournals(api.app, directory);

    const rows = await rowsOf(prefix);
    const counts = new Map<string, number>();
    for (const { request_id } of rows) counts.set(request_id, (counts.get(request_id) ?? 0) + 1);
    assert.ok(answered.length > 0, 'nothing was answered before the kill');
    assert.deepEqual(
      answered.filter((requestId) => counts.get(requestId) !== 1),
      [],
    );
    assert.equal(new Set(rows.map(({ decision_id }) => decision_id)).size, rows.length);
    assert.deepEqual(
      rows.map(({ sequence }) => sequence),
      rows.map((_, index) => index + 1),
    );
    const findings: object[] = [];
    await verifyChain(
      { series: api.app.series, verifier: api.app.auditSigner.verifier },
      rows[0]?.writer ?? '',
      { anchors: new Map(), cut: undefined },
      { find: (finding) => findings.push(finding), count: () => {} },
    );
    assert.deepEqual(findings, []);
  }
});
