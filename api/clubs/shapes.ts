import { z } from 'zod';
import { CLUB_VISIBILITIES, MEMBER_ROLES } from '../../graph/clubs.js';
import { SPORTS } from '../../timeseries/tracks/sports.js';
import { AthleteSummaryView } from '../athletes/shapes.js';
import { PageQuery } from '../http/paging.js';

const MAX_NAME_LENGTH = 100;
const MAX_PLACE_LENGTH = 100;
const MAX_DESCRIPTION_LENGTH = 5_000;
const MAX_SEARCH_LENGTH = 100;

const Instant = z.iso.datetime().describe('UTC');
const Sport = z.enum(SPORTS);

// Any sign of any script, but none that breaks the line or turns the direction of what stands around it.
const LINE = /^(?=.*[\p{L}\p{N}\p{S}])[^\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]*$/u;
const Line = (maxLength: number) =>
  z.string().normalize('NFC').trim().max(maxLength).regex(LINE, 'must hold a letter or a sign, on one line');
const Description = z.string().trim().min(1).max(MAX_DESCRIPTION_LENGTH);

const Visibility = z
  .enum(CLUB_VISIBILITIES)
  .describe(
    '`public`: everyone reads and joins; `closed`: everyone sees it, joining means asking; `secret`: only its members know of it. Below other clubs it is never more open than they are.',
  );

export const ClubKey = z.object({ clubId: z.uuid() });
export const ClubMemberKey = z.object({ clubId: z.uuid(), athleteId: z.uuid() });
export const SubClubKey = z.object({ clubId: z.uuid(), subClubId: z.uuid() });

const MemberRole = z.enum(MEMBER_ROLES);

/** What is said of a new club. */
export const NewClub = z.strictObject({
  name: Line(MAX_NAME_LENGTH),
  description: Description.nullable().default(null),
  sport: Sport.nullable().default(null),
  place: Line(MAX_PLACE_LENGTH).nullable().default(null).describe('In words: a town, a valley'),
  visibility: Visibility,
});

/** What may be changed of a club; null clears. */
export const ClubEdit = z.strictObject({
  name: Line(MAX_NAME_LENGTH).optional(),
  description: Description.nullable().optional(),
  sport: Sport.nullable().optional(),
  place: Line(MAX_PLACE_LENGTH).nullable().optional(),
  visibility: Visibility.optional(),
});

/** A club as the caller sees it. */
export const ClubView = z.object({
  clubId: z.uuid(),
  name: z.string(),
  description: z.string().nullable(),
  sport: Sport.nullable(),
  place: z.string().nullable(),
  visibility: Visibility,
  createdAt: Instant,
  memberCount: z.int().min(0).describe('Of this club, without those below it'),
  parent: z.object({ clubId: z.uuid(), name: z.string() }).nullable().describe('The club directly above'),
  role: z
    .enum([...MEMBER_ROLES, 'none', 'invited', 'pending', 'banned'])
    .describe(
      'What you count as: whoever leads a club leads those below it, whoever belongs to a club counts as a member of those above it',
    ),
  isMember: z.boolean().describe('You belong to this very club'),
  version: z.int().describe('Part of the ETag'),
});

/** What came of wanting to join. */
export const MembershipState = z.object({
  clubId: z.uuid(),
  state: z.enum(['member', 'pending']).describe('`pending`: the door is closed and a moderator decides'),
});

export const ClubMemberView = z.object({ athlete: AthleteSummaryView, role: MemberRole, since: Instant });

export const AthletesClubView = z.object({
  clubId: z.uuid(),
  name: z.string(),
  sport: Sport.nullable(),
  place: z.string().nullable(),
  role: MemberRole,
  since: Instant,
});

export const RoleEdit = z.strictObject({
  role: z.enum(['admin', 'moderator', 'member']).describe('Ownership is handed over instead'),
});
export const OwnerEdit = z.strictObject({ athleteId: z.uuid().describe('An admin of the club') });

export const ParentEdit = z.strictObject({ clubId: z.uuid().describe('The club to stand below') });
/** What came of wanting to stand below another club. */
export const ParentState = z.object({
  clubId: z.uuid(),
  parentId: z.uuid(),
  state: z.enum(['linked', 'requested']).describe('`requested`: whoever leads the other club decides'),
});
export const LinkRequestView = z.object({ clubId: z.uuid(), name: z.string(), since: Instant });

export const ClubsQuery = PageQuery.extend({
  query: z
    .string()
    .min(1)
    .max(MAX_SEARCH_LENGTH)
    .optional()
    .describe('Every word of it must begin a word of the name or place'),
  sport: Sport.optional().describe('Alone it lists the newest clubs first'),
}).refine(({ query, sport }) => query !== undefined || sport !== undefined, {
  message: 'one of query and sport is needed',
});

const MAX_INVITATION_USES = 1_000;
const MAX_INVITATION_DAYS = 90;

export const InvitationKey = z.object({ clubId: z.uuid(), invitationId: z.uuid() });
export const TokenKey = z.object({ token: z.string().regex(/^[\w-]{43}$/) });

export const NewInvitation = z.strictObject({
  uses: z.int().min(1).max(MAX_INVITATION_USES).default(1).describe('How many may join by it'),
  days: z.int().min(1).max(MAX_INVITATION_DAYS).default(7).describe('How long it is open'),
});

export const InvitationView = z.object({
  invitationId: z.uuid(),
  usesLeft: z.int().min(1),
  createdAt: Instant,
  expiresAt: Instant,
});

export const NewInvitationView = z.object({
  invitationId: z.uuid(),
  token: z.string().describe('Pass it on; nobody can read it again'),
  usesLeft: z.int().min(1),
  expiresAt: Instant,
});

/** What an invitation shows to its bearer. */
export const InvitedView = z.object({ clubId: z.uuid(), name: z.string(), memberCount: z.int().min(0) });

const MAX_ANNOUNCEMENT_LENGTH = 5_000;

export const AnnouncementKey = z.object({ clubId: z.uuid(), announcementId: z.uuid() });
export const NewAnnouncement = z.strictObject({
  text: z.string().trim().min(1).max(MAX_ANNOUNCEMENT_LENGTH),
});
export const MadeAnnouncement = z.object({ announcementId: z.uuid() });
export const AnnouncementView = z.object({
  announcementId: z.uuid(),
  text: z.string(),
  createdAt: Instant,
  author: z.object({ athleteId: z.uuid(), displayName: z.string() }).nullable().optional(),
});

const Weekday = z.coerce.number().int().min(1).max(7).describe('1 is Monday');

export const MembersBelowQuery = PageQuery.extend({ sport: Sport.optional(), weekday: Weekday.optional() });
export const LimitQuery = PageQuery.omit({ cursor: true });

export const MemberBelowView = ClubMemberView.extend({
  clubId: z.uuid(),
  clubName: z.string(),
  activityCount: z.int().min(0).describe('In the last twelve weeks, as far as you may see them'),
});

/** A club, and why it is shown. */
export const NearbyClubView = z.object({
  club: ClubView,
  sharedMembers: z.int().min(1).describe('Members of your clubs who belong to it'),
});
export const FittingClubView = z.object({
  club: ClubView,
  friendCount: z.int().min(0).describe('Members whom you follow'),
  isYourSport: z.boolean().describe('It is for the sport that you do most'),
  membersOnYourDay: z.int().min(0).describe('Of its latest members, who are out on your day'),
  weekday: z.int().min(1).max(7).nullable().describe('Your day: on which you mostly are out; 1 is Monday'),
});
