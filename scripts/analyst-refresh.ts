// Writes the analysts' copy of the graph: `npm run analyst:refresh`, from the running demo or the stores that the
// environment names to the server in ANALYST_NEO4J_URL. ACCESS_TOKEN says in whose name; without it, in nobody's.
import { randomUUID } from 'node:crypto';
import { BadConfiguration, readConfig } from '../api/config.js';
import { subjectOfToken } from '../api/http/subject.js';
import { InvalidToken } from '../api/http/tokens.js';
import { wire } from '../api/wiring.js';
import { ANALYST_COPY, NoCopy, refreshAnalystCopy } from '../graph/analyst-copy.js';
import { migrateGraph } from '../graph/migrate.js';
import { Graph } from '../graph/session.js';
import { Denied } from '../policies/access.js';
import { systemSubject } from '../policies/subject.js';
import { NothingRuns, runningSettings } from './running-settings.js';

/** What the person at the keyboard can mend. */
class Refused extends Error {
  override name = 'Refused';
}

const EXPECTED = [BadConfiguration, Denied, InvalidToken, NoCopy, NothingRuns, Refused];

await refresh().catch((error: unknown) => {
  if (!(error instanceof Error)) throw error;
  const isExpected = EXPECTED.some((expected) => error instanceof expected);
  console.error(isExpected ? error.message : error);
  process.exitCode = 1;
});

/** The policy decides it before anything of the old copy goes; the decision waits in the journal of this machine. */
async function refresh(): Promise<void> {
  const settings = runningSettings();
  const config = readConfig({ LOG_LEVEL: 'error', ...settings });
  const url = process.env.ANALYST_NEO4J_URL || settings.ANALYST_NEO4J_URL;
  if (!url) throw new Refused('Name the server for the copy in ANALYST_NEO4J_URL; it is overwritten.');
  const { app, close } = await wire(config);
  const copy = new Graph(url);
  try {
    const startedAt = Date.now();
    const { ACCESS_TOKEN: token } = process.env;
    const subject = token
      ? await subjectOfToken(app, token, randomUUID())
      : systemSubject('command', randomUUID());
    app.access.admit(subject, 'analystCopy.refresh');
    const grant = app.access.require(subject, 'analystCopy.refresh', ANALYST_COPY);
    // The same indexes as in the live graph, so that a query that is tried here is as quick there.
    await migrateGraph(copy);
    const key = app.masterKey.pseudonymKey('the copy for analysts');
    const { athletes, clubs } = await refreshAnalystCopy(grant, { from: app.graph, to: copy, key });
    const seconds = Math.round((Date.now() - startedAt) / 1_000);
    console.log(`${athletes} athletes and ${clubs} clubs, in ${seconds} s.`);
  } finally {
    await copy.close();
    await close();
  }
}
