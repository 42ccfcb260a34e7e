import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { RefusedRequest, type RestClient } from '../rest-client.js';
import { VILLAGE_DOMAIN } from './village.js';

const run = promisify(execFile);
const command = fileURLToPath(new URL('../grant.js', import.meta.url));

const ADMIN = { role: 'admin', name: 'Adele' } as const;
const APPOINTED = [
  { role: 'moderator', name: 'Moritz' },
  { role: 'auditor', name: 'Audrey' },
  { role: 'analyst', name: 'Anatol' },
  { role: 'operator', name: 'Otto' },
] as const;
const PASSWORD = 'village-password';
const DAYS = 30;
const DAY_MILLISECONDS = 86_400_000;

const HeldRoles = z.object({ items: z.array(z.object({ role: z.string(), endsAt: z.iso.datetime() })) });

/** How to log in as somebody with a role. */
export interface StaffLogin {
  readonly role: string;
  readonly email: string;
  readonly password: string;
}

/**
 * Gives the village one of each role: the administrator from the command line, the others by the administrator.
 * Safe to run again: the roles last anew.
 *
 * @param settings of the running API
 */
export async function seedStaff(
  anyone: RestClient,
  settings: Readonly<Record<string, string>>,
): Promise<readonly StaffLogin[]> {
  const admin = await logInOrRegister(anyone, ADMIN.name);
  if (!(await isAdministrator(admin))) {
    const args = [command, '--email', account(ADMIN.name).email, '--role', ADMIN.role];
    await run(process.execPath, args, { env: { ...process.env, ...settings } });
  }
  const endsAt = new Date(Date.now() + DAYS * DAY_MILLISECONDS).toISOString();
  await Promise.all(
    APPOINTED.map(async ({ role, name }) => {
      const { athleteId } = await logInOrRegister(anyone, name);
      await admin.send('PUT', `/v1/athletes/${athleteId}/roles/${role}`, z.unknown(), { endsAt });
    }),
  );
  return [ADMIN, ...APPOINTED].map(({ role, name }) => ({ role, ...account(name) }));
}

// From an earlier run, and for a day more at least: the command takes a second that a restart need not wait for.
async function isAdministrator(athlete: RestClient): Promise<boolean> {
  const { items } = await athlete.get(`/v1/athletes/${athlete.athleteId}/roles`, HeldRoles);
  return items.some(
    ({ role, endsAt }) => role === ADMIN.role && Date.parse(endsAt) > Date.now() + DAY_MILLISECONDS,
  );
}

function account(name: string): { email: string; password: string; displayName: string } {
  return {
    email: `${name.toLowerCase()}${VILLAGE_DOMAIN}`,
    password: PASSWORD,
    displayName: `${name} of the village`,
  };
}

async function logInOrRegister(anyone: RestClient, name: string): Promise<RestClient> {
  try {
    const { email, password } = account(name);
    return await anyone.logIn({ email, password });
  } catch (error) {
    if (error instanceof RefusedRequest && error.status === 401) return anyone.register(account(name));
    throw error;
  }
}
