import { constants } from 'node:zlib';
import compression from 'compression';
import cors from 'cors';
import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import { Server, type ServiceFactory } from 'typescript-rest';
import { CONTROLLERS, type Controller } from '../controllers.js';
import type { App } from '../wiring.js';
import { answerProblems, nothingHere } from './answer-problems.js';
import { serveRoutesOf } from './endpoint.js';
import { logRequests, nameRequests } from './request-log.js';
import { routesAt, safeRoutes } from './routes.js';
import { isRead } from './send.js';
import { serving } from './serve.js';
import { identify } from './subject.js';

const instances = new WeakMap<object, ReadonlyMap<unknown, object>>();

/**
 * The API as an Express application; it does not listen yet.
 *
 * @throws {UnsafeRoute} a route does not declare itself well enough to be served
 */
export function buildServer(app: App, controllers: readonly Controller[] = CONTROLLERS): Express {
  const routes = safeRoutes(controllers);
  const findRoutes = routesAt(routes);
  const server = express();
  server.disable('x-powered-by').disable('etag').disable('query parser');
  // One name for each thing: no second spelling of a path that limits, caches or logs could overlook.
  server.enable('case sensitive routing').enable('strict routing');
  server.set('trust proxy', app.config.TRUSTED_PROXIES);

  server.use(
    nameRequests,
    logRequests(app.log),
    secureHeaders(),
    crossOrigin(app),
    compressed(),
    plainHeaders,
  );
  server.use(
    identify(app, ({ method, path }) =>
      findRoutes(path).some((route) => route.method === method && route.consumes !== undefined),
    ),
  );
  serveRoutesOf(server, serving(app));
  instances.set(server, new Map(controllers.map((controller) => [controller, new controller(app)])));
  Server.registerServiceFactory(onePerServer);
  // It would otherwise go on to the next middleware after every answer.
  Server.ignoreNextMiddlewares(true);
  Server.buildServices(server, ...controllers);
  server.use(nothingHere, answerProblems(app.log, findRoutes));
  return server;
}

// Controllers hold nothing but the app, so one of each serves all requests of a server.
const onePerServer: ServiceFactory = {
  create: (controller, { request }) => instances.get(request.app)?.get(controller),
  getTargetClass: (controller) => controller as FunctionConstructor,
};

function secureHeaders(): RequestHandler {
  const shared = {
    // Clients on other origins are named in CORS_ORIGINS; this header would keep them out all the same.
    crossOriginResourcePolicy: { policy: 'cross-origin' },
  } as const;
  const answers = helmet({ ...shared, contentSecurityPolicy: { useDefaults: false, directives: NOTHING } });
  const page = helmet({ ...shared, contentSecurityPolicy: { useDefaults: false, directives: PAGE } });
  return (request, response, next) => {
    const isPage = /^\/(reference|links)(\/|$)/.test(request.path);
    (isPage ? page : answers)(request, response, next);
  };
}

const NOTHING = { defaultSrc: ["'none'"], frameAncestors: ["'none'"] };
// The page sets styles from its script; everything comes from here, and it calls nobody but this API.
const PAGE = {
  ...NOTHING,
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  formAction: ["'none'"],
  baseUri: ["'none'"],
};

function crossOrigin({ config }: App): RequestHandler {
  return cors({
    origin: [...config.CORS_ORIGINS],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: [
      'ETag',
      'Location',
      'Retry-After',
      'RateLimit-Limit',
      'RateLimit-Remaining',
      'RateLimit-Reset',
      'X-Request-Id',
      'Idempotency-Replayed',
    ],
    maxAge: 600,
  });
}

// The cheapest level of each: streams shrink to a third, and a higher level would cost more time than it saves.
function compressed(): RequestHandler {
  return compression({ level: 1, brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } } });
}

// Answers are JSON in one language whatever is preferred; typescript-rest would refuse odd preferences with 406.
const plainHeaders: RequestHandler = (request, response, next) => {
  delete request.headers.accept;
  delete request.headers['accept-language'];
  response.setHeader('Cache-Control', isRead(request) ? 'private, no-cache' : 'no-store');
  next();
};
