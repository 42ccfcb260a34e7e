import type { Facts } from '../policies/sealed.js';

/** With whom something is shared, besides its owner; followers and club-mates are two circles, neither in the other. */
export const VISIBILITIES = ['everyone', 'followers', 'clubMates', 'onlyMe'] as const;

/** One of `VISIBILITIES`. */
export type Visibility = (typeof VISIBILITIES)[number];

/**
 * How an activity is shared. A part is seen by whoever sees the activity and is in the circle of the part as well, so
 * `everyone` means everyone who sees the activity.
 */
export interface Sharing {
  readonly visibility: Visibility;
  /** Of the map, and of heights, by which a place is found too. */
  readonly mapVisibility: Visibility;
  readonly heartRateVisibility: Visibility;
  readonly powerVisibility: Visibility;
  readonly cadenceVisibility: Visibility;
  readonly temperatureVisibility: Visibility;
  /** Others see the day alone. */
  readonly hidesStartTime: boolean;
  /** It is in the owner's home feed alone. */
  readonly hidesFromHomeFeed: boolean;
}

/** What an athlete says about the sharing of something new; null where the profile decides. */
export type SharingWishes = { readonly [Name in keyof Sharing]: Sharing[Name] | null };

/** What an athlete mentions of it. */
export type SharingMentions = { readonly [Name in keyof Sharing]?: Sharing[Name] | undefined };

/** As the graph keeps it: what was made before there were parts knows of none. */
export interface StoredSharing extends Omit<SharingWishes, 'visibility'> {
  readonly visibility: Visibility;
}

/** What was mentioned, and null for the rest. */
export function wishesOf(said: SharingMentions | SharingWishes): SharingWishes {
  return {
    visibility: said.visibility ?? null,
    mapVisibility: said.mapVisibility ?? null,
    heartRateVisibility: said.heartRateVisibility ?? null,
    powerVisibility: said.powerVisibility ?? null,
    cadenceVisibility: said.cadenceVisibility ?? null,
    temperatureVisibility: said.temperatureVisibility ?? null,
    hidesStartTime: said.hidesStartTime ?? null,
    hidesFromHomeFeed: said.hidesFromHomeFeed ?? null,
  };
}

/** What was wished, else as the profile has it. */
export function wishedSharing(wishes: SharingWishes, profile: Sharing): Sharing {
  return {
    visibility: wishes.visibility ?? profile.visibility,
    mapVisibility: wishes.mapVisibility ?? profile.mapVisibility,
    heartRateVisibility: wishes.heartRateVisibility ?? profile.heartRateVisibility,
    powerVisibility: wishes.powerVisibility ?? profile.powerVisibility,
    cadenceVisibility: wishes.cadenceVisibility ?? profile.cadenceVisibility,
    temperatureVisibility: wishes.temperatureVisibility ?? profile.temperatureVisibility,
    hidesStartTime: wishes.hidesStartTime ?? profile.hidesStartTime,
    hidesFromHomeFeed: wishes.hidesFromHomeFeed ?? profile.hidesFromHomeFeed,
  };
}

/** Without the fields of what the graph keeps that are null. */
export function sharingOf(stored: StoredSharing): Sharing {
  return wishedSharing(stored, { ...SHARED_AS_A_WHOLE, visibility: stored.visibility });
}

const SHARED_AS_A_WHOLE: Omit<Sharing, 'visibility'> = {
  mapVisibility: 'everyone',
  heartRateVisibility: 'everyone',
  powerVisibility: 'everyone',
  cadenceVisibility: 'everyone',
  temperatureVisibility: 'everyone',
  hidesStartTime: false,
  hidesFromHomeFeed: false,
};

/** How the owner of an activity stands, and the viewer to them, as every query about activities returns it. */
export interface OwnerFacts {
  readonly ownerStanding: 'active' | 'suspended' | 'deleted';
  /** The owner shows nothing to those who are not logged in. */
  readonly ownerHidesFromSignedOut: boolean;
  /** The viewer follows the owner. */
  readonly isFollower: boolean;
  /** The viewer and the owner are members of one club. */
  readonly isClubMate: boolean;
  /** One of the two blocks the other. */
  readonly isBlocked: boolean;
}

/** What the policy decides upon about everything of an athlete. */
export function ownerFacts(row: OwnerFacts): Facts {
  const { ownerStanding, ownerHidesFromSignedOut, isFollower, isClubMate, isBlocked } = row;
  return { ownerStanding, ownerHidesFromSignedOut, isFollower, isClubMate, isBlocked };
}
