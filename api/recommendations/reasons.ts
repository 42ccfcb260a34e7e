import type { AthleteToFollow } from '../../graph/recommended-athletes.js';
import type { ClubToJoin, KnownMember } from '../../graph/recommended-clubs.js';
import type { AthleteSummary } from '../../graph/relations.js';
import type { SharedHabit, TrainingPartner } from '../../graph/training-partners.js';
import { middleOf } from './habits.js';
import type { Reason } from './shapes.js';

/** As many are counted for one reason; the queries look no further. */
const COUNTED = 20;
/** As many are named; the rest is a number. */
const NAMED = 3;

/**
 * Why somebody is worth following, the strongest reason first.
 *
 * @param friends whom the viewer follows, who follow the athlete, and of whom the viewer may know that
 */
export function reasonsToFollow(
  { athlete, isFromYourRegion, sharedSports }: AthleteToFollow,
  friends: readonly AthleteSummary[],
): readonly Reason[] {
  const reasons: Reason[] = [];
  if (athlete.followsYou) reasons.push({ kind: 'followsYou', words: 'Follows you' });
  if (friends.length > 0) {
    const who = people(friends.length, 'you follow', 'follow them', 'follows them');
    reasons.push({ kind: 'followedByYours', words: who, ...counted(friends) });
  }
  if (isFromYourRegion) reasons.push(YOUR_REGION);
  if (sharedSports.length > 0)
    reasons.push({ kind: 'yourSport', words: `Does what you do: ${sharedSports.join(', ')}` });
  return reasons.length > 0 ? reasons : [NEAR_YOURS];
}

const YOUR_REGION: Reason = { kind: 'yourRegion', words: 'Is at home where you are' };
// What neither a common friend nor the profile explains, the walk along follows reached.
const NEAR_YOURS: Reason = { kind: 'nearYours', words: 'Close to people you follow' };

/**
 * Why a club is worth joining, the strongest reason first.
 *
 * @param members of whom the viewer may know that they belong to it
 */
export function reasonsToJoin(
  { isFromYourRegion, isYourSport, aboveId }: ClubToJoin,
  members: readonly KnownMember[],
): readonly Reason[] {
  const friends = members.filter(({ isFollowed }) => isFollowed).map(({ athlete }) => athlete);
  const mates = members.filter(({ isFollowed }) => !isFollowed).map(({ athlete }) => athlete);
  const reasons: Reason[] = [];
  if (friends.length > 0) {
    const who = people(friends.length, 'you follow', 'are members', 'is a member');
    reasons.push({ kind: 'yoursAreMembers', words: who, ...counted(friends) });
  }
  if (aboveId !== null) reasons.push({ kind: 'belowYourClub', words: 'Belongs to a club of yours' });
  if (mates.length > 0) {
    const who = people(mates.length, 'from your clubs', 'are members', 'is a member');
    reasons.push({ kind: 'clubMatesAreMembers', words: who, ...counted(mates) });
  }
  if (isFromYourRegion) reasons.push(YOUR_REGION);
  if (isYourSport) reasons.push({ kind: 'yourSport', words: 'Does what you do' });
  return reasons;
}

/** Why somebody is company: a reason for each sport, the most usual first. */
export function reasonsToTrain({ habits, isFromYourRegion }: TrainingPartner): readonly Reason[] {
  const sports = [...new Set(habits.map(({ sport }) => sport))];
  const reasons = sports.map((sport) => trainingReason(habits.filter((habit) => habit.sport === sport)));
  return isFromYourRegion ? [...reasons, YOUR_REGION] : reasons;
}

function trainingReason(habits: readonly SharedHabit[]): Reason {
  const sport = habits[0]?.sport ?? 'workout';
  const weekdays = [...new Set(habits.map(({ weekday }) => weekday))].sort((a, b) => a - b);
  const cells = [...new Set(habits.flatMap(({ cells }) => cells))].slice(0, NAMED);
  const days = LIST.format(weekdays.map((weekday) => `${WEEKDAYS[weekday - 1]}s`));
  const words = `${VERBS[sport] ?? 'Trains'} on ${days} where you do, at your pace`;
  return { kind: 'yourTraining', words, sport, weekdays, places: cells.map(middleOf) };
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const LIST = new Intl.ListFormat('en');
/** Where a sport has a word of its own for doing it. */
const VERBS: Readonly<Record<string, string>> = {
  ride: 'Rides',
  mountainBikeRide: 'Rides',
  gravelRide: 'Rides',
  run: 'Runs',
  trailRun: 'Runs',
  walk: 'Walks',
  hike: 'Hikes',
  openWaterSwim: 'Swims',
  row: 'Rows',
};

function counted(athletes: readonly AthleteSummary[]): Pick<Reason, 'count' | 'athletes'> {
  return { count: athletes.length, athletes: athletes.slice(0, NAMED) };
}

function people(count: number, whose: string, many: string, one: string): string {
  if (count === 1) return `1 person ${whose} ${one}`;
  return `${count >= COUNTED ? `${COUNTED} or more` : count} people ${whose} ${many}`;
}
