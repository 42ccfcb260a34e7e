import { AccountsController } from './accounts/accounts.controller.js';
import { LinkPagesController } from './accounts/link-pages.controller.js';
import { LinksController } from './accounts/links.controller.js';
import { SessionsController } from './accounts/sessions.controller.js';
import { ActivitiesController } from './activities/activities.controller.js';
import { ActivityListController } from './activities/activity-list.controller.js';
import { StreamsController } from './activities/streams.controller.js';
import { AnalystController } from './analyst/analyst.controller.js';
import { AthletesController } from './athletes/athletes.controller.js';
import { DecisionsController } from './audit/decisions.controller.js';
import { ViewersController } from './audit/viewers.controller.js';
import { AnnouncementsController } from './clubs/announcements.controller.js';
import { ClubBansController } from './clubs/club-bans.controller.js';
import { ClubHierarchyController } from './clubs/club-hierarchy.controller.js';
import { ClubMembersController } from './clubs/club-members.controller.js';
import { ClubQuestionsController } from './clubs/club-questions.controller.js';
import { ClubsController } from './clubs/clubs.controller.js';
import { InvitationsController } from './clubs/invitations.controller.js';
import { ContactsController } from './contacts/contacts.controller.js';
import { FeedController } from './feed/feed.controller.js';
import { BlocksController } from './follows/blocks.controller.js';
import { FollowRequestsController } from './follows/follow-requests.controller.js';
import { FollowsController } from './follows/follows.controller.js';
import { MutesController } from './follows/mutes.controller.js';
import { MutualFollowersController } from './follows/mutual-followers.controller.js';
import { PathsController } from './follows/paths.controller.js';
import { HealthController } from './health/health.controller.js';
import { PrivacyZonesController } from './privacy-zones/privacy-zones.controller.js';
import { ClicksController } from './recommendations/clicks.controller.js';
import { DismissalsController } from './recommendations/dismissals.controller.js';
import { RecommendationsController } from './recommendations/recommendations.controller.js';
import { ReferenceController } from './reference/reference.controller.js';
import { RolesController } from './roles/roles.controller.js';
import { UploadsController } from './uploads/uploads.controller.js';
import type { App } from './wiring.js';

/** A class of declared routes; one instance is made per process. */
export type Controller = new (app: App) => object;

/** Every controller of the API; a class that is not here serves nothing. */
export const CONTROLLERS: readonly Controller[] = [
  HealthController,
  ReferenceController,
  AccountsController,
  SessionsController,
  LinksController,
  LinkPagesController,
  AthletesController,
  FollowsController,
  FollowRequestsController,
  BlocksController,
  MutesController,
  MutualFollowersController,
  PathsController,
  ContactsController,
  RecommendationsController,
  DismissalsController,
  ClicksController,
  UploadsController,
  ActivitiesController,
  ActivityListController,
  StreamsController,
  FeedController,
  DecisionsController,
  ViewersController,
  PrivacyZonesController,
  AnalystController,
  ClubsController,
  ClubMembersController,
  ClubHierarchyController,
  ClubBansController,
  InvitationsController,
  RolesController,
  AnnouncementsController,
  ClubQuestionsController,
];
