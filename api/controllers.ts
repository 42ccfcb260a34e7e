import type { App } from './wiring.js';

/** A class of declared routes; one instance is made per process. */
export type Controller = new (app: App) => object;

/** Every controller of the API; a class that is not here serves nothing. */
export const CONTROLLERS: readonly Controller[] = [];
