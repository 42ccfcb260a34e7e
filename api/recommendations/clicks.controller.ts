import { recordOutcome } from '../../timeseries/recommendation-events.js';
import { AthleteKey } from '../athletes/shapes.js';
import { ClubKey } from '../clubs/shapes.js';
import { callerId } from '../http/caller.js';
import { type Answer, type Call, Endpoint, noContent } from '../http/endpoint.js';
import type { App } from '../wiring.js';
import { impressionKey } from './impressions.js';

const DESCRIPTION =
  'Tell it when somebody opens what was recommended to them, and better recommendations are found. It counts once a day, and only for what they were shown within two weeks; the answer is the same in any case.';

/** Which recommendations an athlete opens. */
export class ClicksController {
  constructor(private readonly app: App) {}

  @Endpoint('POST /v1/recommendations/athletes/{athleteId}/clicks', {
    action: 'recommendation.click',
    decided: 'atDoor',
    summary: 'Say that a recommended athlete was opened',
    description: DESCRIPTION,
    params: AthleteKey,
    answers: { 204: null },
  })
  async clickAthlete({ subject, params, grant }: Call<{ params: typeof AthleteKey }>): Promise<Answer> {
    return this.#click(grant, callerId(subject), params.athleteId);
  }

  @Endpoint('POST /v1/recommendations/clubs/{clubId}/clicks', {
    action: 'recommendation.click',
    decided: 'atDoor',
    summary: 'Say that a recommended club was opened',
    description: DESCRIPTION,
    params: ClubKey,
    answers: { 204: null },
  })
  async clickClub({ subject, params, grant }: Call<{ params: typeof ClubKey }>): Promise<Answer> {
    return this.#click(grant, callerId(subject), params.clubId);
  }

  async #click(grant: Call['grant'], athleteId: string, itemId: string): Promise<Answer> {
    const { series, masterKey, now } = this.app;
    const click = { athleteId, itemId, outcome: 'clicked', at: now() } as const;
    await recordOutcome(series, grant, impressionKey(masterKey), click);
    return noContent();
  }
}
