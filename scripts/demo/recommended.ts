import { z } from 'zod';
import type { RestClient } from '../rest-client.js';
import type { Narrator } from './narrator.js';

const Reasons = { reasons: z.array(z.object({ words: z.string() })) };
const Athletes = z.object({
  items: z.array(z.object({ athlete: z.object({ displayName: z.string() }), ...Reasons })),
});
const Clubs = z.object({ items: z.array(z.object({ club: z.object({ name: z.string() }), ...Reasons })) });

/** Asks whom a villager might follow, where to join and with whom to train, and tells the first of each with its reason. */
export async function showRecommended(villager: RestClient, tell: Narrator): Promise<void> {
  const [athletes, clubs, partners] = await tell.step('What is recommended to a villager', () =>
    Promise.all([
      villager.get('/v1/recommendations/athletes?limit=1', Athletes),
      villager.get('/v1/recommendations/clubs?limit=1', Clubs),
      villager.get('/v1/recommendations/training-partners?limit=1', Athletes),
    ]),
  );
  const first = (name: string | undefined, reasons: readonly { words: string }[] | undefined) =>
    name === undefined ? 'nobody yet' : `${name} (${reasons?.[0]?.words ?? 'no reason that may be told'})`;
  const [athlete, club, partner] = [athletes.items[0], clubs.items[0], partners.items[0]];
  tell.figures([
    ['to follow', first(athlete?.athlete.displayName, athlete?.reasons)],
    ['to join', first(club?.club.name, club?.reasons)],
    ['to train with', first(partner?.athlete.displayName, partner?.reasons)],
  ]);
}
