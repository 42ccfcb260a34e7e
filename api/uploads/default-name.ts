import { localTime } from '../../timeseries/tracks/local-time.js';

/**
 * What an activity is called when nobody gave it a name: `Morning mountain bike ride`.
 *
 * @param timeZone the athlete's, as an IANA name
 */
export function defaultName(sport: string, startedAt: Date, timeZone: string): string {
  const hour = Number(localTime(startedAt, timeZone).slice(11, 13));
  const part = PARTS_OF_DAY.find(({ untilHour }) => hour < untilHour)?.name ?? 'Night';
  return `${part} ${inWords(sport)}`;
}

/** The same without the time of day: `Mountain bike ride`. */
export function plainName(sport: string): string {
  const words = inWords(sport);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** `mountainBikeRide` as one would say it: `mountain bike ride`. */
export function inWords(sport: string): string {
  return sport.replaceAll(/(?<=[a-z])[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
}

const PARTS_OF_DAY = [
  { untilHour: 5, name: 'Night' },
  { untilHour: 11, name: 'Morning' },
  { untilHour: 14, name: 'Midday' },
  { untilHour: 18, name: 'Afternoon' },
  { untilHour: 22, name: 'Evening' },
] as const;
