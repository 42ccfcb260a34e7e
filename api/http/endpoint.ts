// The compiled classes leave the types of their methods through it; typescript-rest reads them.
import 'reflect-metadata';
import type { Readable } from 'node:stream';
import type { Express, Request } from 'express';
import * as rest from 'typescript-rest';
import type { z } from 'zod';
import type { Grant, Subject } from '../../policies/access.js';
import type { Action } from '../../policies/actions.js';
import type { ProblemSlug } from './problem-types.js';

/** The shapes that a route takes; each is optional, unknown fields are always refused. */
export interface Shapes {
  /** Of the `{placeholders}` in the path; what does not fit is answered like anything that is not there. */
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
}

/** How a route declares itself; the OpenAPI document, the checks and the policy question all come from it. */
export interface Declaration extends Shapes {
  readonly action: Action;
  /**
   * Where the policy decides. `inside`: the method reads facts, then opens or requires. `atDoor`: the subject
   * alone decides, before the method, and the recorded decision is `call.grant`. `public`: nothing but the
   * policy's early "no" is asked, and only refusals are recorded; for probes that come every second.
   */
  readonly decided: 'inside' | 'atDoor' | 'public';
  readonly summary: string;
  readonly description?: string;
  /** What it can answer: status to shape, or null for an empty body. */
  readonly answers: Readonly<Record<number, z.ZodType | null>>;
  /** Problems of the route's own; those that any route can answer are documented by themselves. */
  readonly problems?: readonly ProblemSlug[];
  /** Without it a body is JSON. `multipart/form-data` leaves the stream of the request to the method. */
  readonly consumes?: 'multipart/form-data';
  /** The content type of what `file` answers. */
  readonly produces?: string;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a method is called with: who asks, and what they sent in the shapes that the route declares. */
export interface Call<Taken extends Shapes = object> {
  readonly subject: Subject;
  readonly params: Parsed<Taken, 'params', object>;
  readonly query: Parsed<Taken, 'query', object>;
  readonly body: Parsed<Taken, 'body', undefined>;
  /** The stream of an upload; everything else is in the other fields. */
  readonly request: Request;
  /** The decision at the door; throws where the method decides inside. */
  readonly grant: Grant;
  /** The version that the caller wants to change, from `If-Match`; undefined when they did not say. */
  readonly ifMatchVersion: number | undefined;
  readonly idempotencyKey: string | undefined;
  /**
   * An id for what this call makes, one for each noun. It is the same when the call is repeated with its
   * `Idempotency-Key`, so that a repetition finds what was made before a mishap. Ids sort by their time.
   */
  idOf(noun: string): string;
}

type Parsed<Taken, Part extends keyof Shapes, Missing> = Taken extends {
  readonly [part in Part]: infer Shape;
}
  ? Shape extends z.ZodType
    ? z.output<Shape>
    : Missing
  : Missing;

/** What a method answers; made by `ok`, `created`, `accepted`, `noContent` and `file`. */
export type Answer = ViewAnswer | EmptyAnswer | FileAnswer;

interface ViewAnswer {
  readonly kind: 'view';
  readonly status: number;
  readonly view: object;
  readonly location?: string;
  readonly version?: number;
}
interface EmptyAnswer {
  readonly kind: 'empty';
  readonly status: 204;
}
interface FileAnswer {
  readonly kind: 'file';
  readonly status: 200;
  readonly content: Readable | Uint8Array | string;
  readonly contentType: string;
  readonly fileName?: string;
  readonly bytes?: number;
}

/** 200 with a view; `version` is the version that an edit may name in `If-Match`. */
export function ok(view: object, { version }: { version?: number } = {}): Answer {
  return { kind: 'view', status: 200, view, ...(version === undefined ? {} : { version }) };
}

/** 201 with the view of what was made. @param location its path, for example `/v1/activities/{id}` */
export function created(view: object, location: string, { version }: { version?: number } = {}): Answer {
  return { kind: 'view', status: 201, view, location, ...(version === undefined ? {} : { version }) };
}

/** 202: it will be done. @param location the path that tells how it goes */
export function accepted(view: object, location: string): Answer {
  return { kind: 'view', status: 202, view, location };
}

/** 204: done, nothing to say. */
export function noContent(): Answer {
  return { kind: 'empty', status: 204 };
}

/** 200 with bytes instead of JSON. With a `fileName` browsers save it; `bytes` is the length, if known. */
export function file(
  content: Readable | Uint8Array | string,
  about: { contentType: string; fileName?: string; bytes?: number },
): Answer {
  return { kind: 'file', status: 200, content, ...about };
}

/** A declared route, as the OpenAPI document and the server's own checks see it. */
export interface Route extends Declaration {
  readonly method: Method;
  /** With `{placeholders}`. */
  readonly path: string;
  readonly controller: object;
  readonly methodName: string;
}

const declared: Route[] = [];

/** The routes of the given controllers, in the order of their declaration. */
export function routesOf(controllers: readonly { readonly prototype: object }[]): readonly Route[] {
  const prototypes = controllers.map(({ prototype }) => prototype);
  return declared.filter(({ controller }) => prototypes.includes(controller));
}

/** Every route that any loaded controller has declared. */
export function allRoutes(): readonly Route[] {
  return declared;
}

/** What happens between the request and the method, and between its answer and the wire. */
export type Serve = (
  route: Route,
  method: (call: Call<Shapes>) => Promise<Answer>,
  context: rest.ServiceContext,
) => Promise<void>;

const serving = new WeakMap<object, Serve>();

/** Tells the routes how the given server serves them. */
export function serveRoutesOf(server: Express, serve: Serve): void {
  serving.set(server, serve);
}

type Serves<Taken extends Shapes> = (call: Call<Taken>) => Promise<Answer>;

/**
 * Declares a route: `@Endpoint('GET /v1/activities/{activityId}', {…})`. The method gets what the shapes let
 * through and answers with `ok`, `created`, `accepted`, `noContent` or `file`; that its `Call` fits the
 * declared shapes is checked by the compiler.
 */
export function Endpoint<const Taken extends Declaration>(route: `${Method} /${string}`, declaration: Taken) {
  return <Served extends Serves<Taken>>(
    controller: object,
    methodName: string,
    descriptor: TypedPropertyDescriptor<Served>,
  ): void => {
    const method = descriptor.value;
    if (!method) throw new Error(`${methodName} is not a method`);
    const [verb = '', path = ''] = route.split(' ');
    if (!isMethod(verb)) throw new Error(`${route} does not start with an HTTP method`);
    const entry: Route = { ...declaration, method: verb, path, controller, methodName };
    declared.push(entry);

    const invoke = async function (this: object, context: rest.ServiceContext) {
      const serve = serving.get(context.request.app);
      if (!serve) throw new Error('routes are served by the server of buildServer alone');
      // `serve` has checked the call against the shapes of this very declaration.
      await serve(entry, (call) => method.call(this, call as Call<Taken>), context);
      return rest.Return.NoResponse;
    };
    // What typescript-rest calls takes its context; what the class declares takes a `Call`. The compiled
    // decorator writes the descriptor back to the class, so it is the descriptor that has to change.
    Object.assign(descriptor, { value: invoke });
    rest.Path(path.replaceAll(/\{(\w+)\}/g, ':$1'))(controller, methodName, descriptor);
    rest.Context(controller, methodName, 0);
    VERBS[verb](controller, methodName);
  };
}

const VERBS = { GET: rest.GET, POST: rest.POST, PUT: rest.PUT, PATCH: rest.PATCH, DELETE: rest.DELETE };

function isMethod(text: string): text is Method {
  return Object.hasOwn(VERBS, text);
}
