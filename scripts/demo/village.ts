import { z } from 'zod';
import { RefusedRequest, type RestClient } from '../rest-client.js';
import { simulateRide } from '../simulate/ride.js';
import { rideAsFit } from '../simulate/ride-as-fit.js';
import type { Progress } from './narrator.js';

/** Where the villagers get their mail. */
export const VILLAGE_DOMAIN = '@village.example';

const VILLAGERS = ['Vera', 'Tom', 'Ines', 'Olaf', 'Mina', 'Jakob', 'Lea', 'Nils'] as const;
const RIDES_EACH = 2;
const PASSWORD = 'village-password';
// They ride on the same days and roads and hide neither, so that each finds company.
const LIKES = { homeRegion: 'The village', sports: ['ride'], isOpenToTraining: true };
const SHARING = { visibility: 'everyone' };
const account = (name: string) => ({
  email: `${name.toLowerCase()}${VILLAGE_DOMAIN}`,
  password: PASSWORD,
  displayName: `${name} of the village`,
});

/**
 * Fills the graph through the REST API with people who follow one another and ride the same roads.
 * Safe to run again: who is there already is left alone.
 *
 * @returns a villager to log in as
 */
export async function seedVillage(
  anyone: RestClient,
  progress: Progress,
): Promise<{ email: string; password: string }> {
  const guest = account(VILLAGERS[0]);
  if (await isSeeded(anyone, guest)) return guest;

  const villagers = await Promise.all(VILLAGERS.map((name) => registerOrLogIn(anyone, account(name))));
  await Promise.all(villagers.map((villager, index) => followNeighbours(villager, villagers, index)));
  await Promise.all(
    villagers.map((villager) => villager.send('PATCH', '/v1/athletes/me', z.unknown(), LIKES)),
  );
  await foundClubs(villagers);
  const uploads: string[][] = [];
  let done = 0;
  for (const [index, villager] of villagers.entries()) {
    const handedIn: string[] = [];
    for (let ride = 0; ride < RIDES_EACH; ride += 1) {
      const { uploadId } = await villager.upload(`ride-${ride}.fit`, rideOf(index, ride), SHARING);
      handedIn.push(uploadId);
      done += 1;
      progress(done, villagers.length * RIDES_EACH, 'rides');
    }
    uploads.push(handedIn);
  }
  await Promise.all(
    villagers.flatMap((villager, index) =>
      (uploads[index] ?? []).map((uploadId) => villager.whenProcessed(uploadId)),
    ),
  );
  return guest;
}

// The last villager's rides come last; when they are there, so is everything else.
async function isSeeded(anyone: RestClient, guest: { email: string; password: string }): Promise<boolean> {
  const last = await logInIfKnown(anyone, account(VILLAGERS[VILLAGERS.length - 1] ?? guest.email));
  if (last === undefined) return false;
  const { items } = await last.get(
    `/v1/athletes/${last.athleteId}/activities`,
    z.object({ items: z.array(z.unknown()) }),
  );
  return items.length >= RIDES_EACH;
}

async function registerOrLogIn(
  anyone: RestClient,
  villager: ReturnType<typeof account>,
): Promise<RestClient> {
  return (await logInIfKnown(anyone, villager)) ?? anyone.register(villager);
}

async function logInIfKnown(
  anyone: RestClient,
  { email, password }: { email: string; password: string },
): Promise<RestClient | undefined> {
  try {
    return await anyone.logIn({ email, password });
  } catch (error) {
    if (error instanceof RefusedRequest && error.status === 401) return undefined;
    throw error;
  }
}

async function followNeighbours(
  villager: RestClient,
  villagers: readonly RestClient[],
  index: number,
): Promise<void> {
  for (const step of [1, 2, 4]) {
    const neighbour = villagers[(index + step) % villagers.length];
    await villager.send('PUT', `/v1/athletes/${neighbour?.athleteId}/follow`, z.unknown());
  }
}

const Found = z.object({ clubId: z.string() });
const Clubs = z.object({ items: z.array(z.unknown()) });

// A federation, a local club below it, and a training group that one has to ask; everybody rides in the local one.
async function foundClubs([vera, tom, ines, ...others]: readonly RestClient[]): Promise<void> {
  if (!vera || !tom || !ines) return;
  const { items } = await vera.get(`/v1/athletes/${vera.athleteId}/clubs`, Clubs);
  if (items.length > 0) return;
  const found = async (owner: RestClient, name: string, visibility: string) =>
    (await owner.send('POST', '/v1/clubs', Found, { name, visibility, sport: 'ride', place: 'The village' }))
      .clubId;
  const group = await found(ines, 'Tuesday group', 'closed');
  const local = await found(tom, 'Village riders', 'public');
  const federation = await found(vera, 'Valley federation', 'public');
  await tom.send('PUT', `/v1/clubs/${local}/parent`, z.unknown(), { clubId: federation });
  await vera.send('PUT', `/v1/clubs/${federation}/clubs/${local}`, z.unknown());
  await ines.send('PUT', `/v1/clubs/${group}/parent`, z.unknown(), { clubId: local });
  await tom.send('PUT', `/v1/clubs/${local}/clubs/${group}`, z.unknown());
  for (const rider of others) await rider.send('PUT', `/v1/clubs/${local}/membership`, z.unknown());
}

const LAST_SUNDAY_MILLISECONDS = Date.now() - 3 * 86_400_000;

function rideOf(villager: number, ride: number): Uint8Array<ArrayBuffer> {
  const startedAt = new Date(LAST_SUNDAY_MILLISECONDS - ride * 7 * 86_400_000 + villager * 600_000);
  const simulated = simulateRide({
    sport: 'ride',
    seed: villager * 100 + ride,
    durationSeconds: 1_800,
    startedAt,
  });
  return new Uint8Array(rideAsFit(simulated));
}
