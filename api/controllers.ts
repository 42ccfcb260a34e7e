import { AccountsController } from './accounts/accounts.controller.js';
import { LinksController } from './accounts/links.controller.js';
import { SessionsController } from './accounts/sessions.controller.js';
import { AthletesController } from './athletes/athletes.controller.js';
import { BlocksController } from './follows/blocks.controller.js';
import { FollowRequestsController } from './follows/follow-requests.controller.js';
import { FollowsController } from './follows/follows.controller.js';
import type { App } from './wiring.js';

/** A class of declared routes; one instance is made per process. */
export type Controller = new (app: App) => object;

/** Every controller of the API; a class that is not here serves nothing. */
export const CONTROLLERS: readonly Controller[] = [
  AccountsController,
  SessionsController,
  LinksController,
  AthletesController,
  FollowsController,
  FollowRequestsController,
  BlocksController,
];
