// Grants a role from the command line: npm run grant -- --email X --role admin [--until 2027-01-31]
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { BadConfiguration, readConfig } from '../api/config.js';
import { Role, RoleEnd } from '../api/roles/shapes.js';
import { wire } from '../api/wiring.js';
import { athleteOfAddress, grantRole } from '../graph/roles.js';
import { Denied } from '../policies/access.js';
import { systemSubject } from '../policies/subject.js';
import { NothingRuns, runningSettings } from './running-settings.js';

const USUAL_DAYS = 180;
const USAGE =
  'Say whom to grant what: npm run grant -- --email ada@example.org --role admin [--until 2027-01-31]';

const Wish = z.object({
  email: z.string().min(3),
  role: Role,
  // A day lasts until it begins in UTC; an instant is taken as it is.
  until: z
    .string()
    .transform((text) => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text))
    .pipe(RoleEnd)
    .optional(),
});

/** What the person at the keyboard can mend. */
class Refused extends Error {
  override name = 'Refused';
}

const EXPECTED = [BadConfiguration, Denied, NothingRuns, Refused];

await main().catch((error: unknown) => {
  if (!(error instanceof Error)) throw error;
  const isExpected = EXPECTED.some((expected) => error instanceof expected);
  console.error(isExpected ? error.message : error);
  process.exitCode = 1;
});

/** Grants on the stores of the environment or the running demo; the policy decides it, and the decision waits in the journal of this machine. */
async function main(): Promise<void> {
  const { email, role, until } = wishFrom(process.argv.slice(2));
  const { app, close } = await wire(readConfig({ LOG_LEVEL: 'error', ...runningSettings() }));
  try {
    const athleteId = await athleteOfAddress(app.graph, app.emailKey.hash(email));
    if (athleteId === undefined) throw new Refused(`Nobody has an account with ${email}: register first.`);
    const now = app.now();
    const subject = systemSubject('command', randomUUID());
    const endsAt = until ? new Date(until) : new Date(now.getTime() + USUAL_DAYS * 86_400_000);
    const held = await grantRole(
      app.graph,
      (target) => app.access.require(subject, 'role.grant', target),
      { athleteId, callerId: null, now },
      { role, endsAt },
    );
    if (!held) throw new Refused(`The account of ${email} is being deleted.`);
    console.log(`${email} is ${role} until ${held.endsAt.toISOString()}.`);
  } finally {
    await close();
  }
}

function wishFrom(words: string[]): z.output<typeof Wish> {
  try {
    const option = { type: 'string' } as const;
    const { values } = parseArgs({ args: words, options: { email: option, role: option, until: option } });
    return Wish.parse(values);
  } catch (error) {
    if (error instanceof z.ZodError) throw new Refused(`${z.prettifyError(error)}\n${USAGE}`);
    throw new Refused(USAGE);
  }
}
