import {
  dueForSuggestion,
  type Suggestion,
  suggest,
  timeZonesOfAthletes,
  worthSuggesting,
} from '../../graph/suggestions.js';
import { systemSubject } from '../../policies/subject.js';
import { shownLately } from '../../timeseries/recommendation-events.js';
import { job } from '../jobs/job.js';
import type { App } from '../wiring.js';
import { impressionKey } from './impressions.js';
import { rankingFor } from './ranking-shares.js';

const DAY_MILLISECONDS = 86_400_000;
const DAYS_UNSEEN = 30;
const ATHLETES_PER_PAGE = 200;
const PAGES_PER_RUN = 25; // a few minutes; three hours of a morning have thirty-six runs
const MORNING = { fromHour: 6, untilHour: 9 };

/**
 * Suggests to each athlete in their morning at most one thing: what is worth it, and what no list has shown them for a
 * month. Killed at any moment, it goes on with whoever was not served today.
 */
export const suggestDaily = job({
  name: 'recommendation.suggest',
  every: { seconds: 300 },
  run: async (app: App) => {
    const timeZones = (await timeZonesOfAthletes(app.graph)).filter((zone) => isMorning(app.now(), zone));
    let afterId = '';
    for (let page = 0; page < PAGES_PER_RUN; page += 1) {
      const now = app.now();
      const athleteIds = await dueForSuggestion(app.graph, {
        now,
        timeZones,
        afterId,
        limit: ATHLETES_PER_PAGE,
      });
      for (const athleteId of athleteIds) await suggestTo(app, athleteId, now);
      if (athleteIds.length < ATHLETES_PER_PAGE) return;
      afterId = athleteIds.at(-1) ?? '';
    }
  },
});

function isMorning(now: Date, timeZone: string): boolean {
  const hour = new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23' }).format(now);
  return Number(hour) >= MORNING.fromHour && Number(hour) < MORNING.untilHour;
}

async function suggestTo(app: App, athleteId: string, now: Date): Promise<void> {
  const { access, graph } = app;
  const chosen = await firstUnseen(app, athleteId, now);
  const grant = access.require(systemSubject('worker', 'suggest'), 'recommendation.suggest', {
    resource: { kind: 'recommendation', id: athleteId, ownerId: athleteId },
    facts: {},
  });
  await suggest(graph, grant, athleteId, chosen, now);
}

async function firstUnseen(
  { config, graph, series, masterKey }: App,
  athleteId: string,
  now: Date,
): Promise<Suggestion | undefined> {
  const kinds = worthSuggesting(graph, athleteId, {
    athletes: rankingFor('athletes-to-follow', config.RECOMMEND_ATHLETES_TO_FOLLOW, athleteId),
    clubs: rankingFor('clubs-to-join', config.RECOMMEND_CLUBS_TO_JOIN, athleteId),
    now,
  });
  for await (const worth of kinds) {
    const seen = await shownLately(series, impressionKey(masterKey), {
      athleteId,
      itemIds: worth.map(({ itemId }) => itemId),
      since: new Date(now.getTime() - DAYS_UNSEEN * DAY_MILLISECONDS),
    });
    const chosen = worth.find(({ itemId }) => !seen.has(itemId));
    if (chosen) return chosen;
  }
  return undefined;
}
