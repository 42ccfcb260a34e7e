import { Server } from 'typescript-rest';
import { z } from 'zod';
import { ACTIONS } from '../../policies/actions.js';
import type { Controller } from '../controllers.js';
import { strict } from './checked.js';
import { allRoutes, type Route, routesOf } from './endpoint.js';
import { isProblemSlug } from './problem-types.js';

/** Routes are declared in a way that would be unsafe to serve; the message lists every one. */
export class UnsafeRoute extends Error {
  override name = 'UnsafeRoute';
  constructor(readonly mistakes: readonly string[]) {
    super(`These routes may not be served:\n${mistakes.map((mistake) => `  - ${mistake}`).join('\n')}`);
  }
}

/**
 * The routes of the controllers, once all of them are safe to serve.
 *
 * @throws {UnsafeRoute} with every mistake at once
 */
export function safeRoutes(controllers: readonly Controller[]): readonly Route[] {
  const routes = routesOf(controllers);
  const mistakes = [
    ...routes.flatMap((route) => mistakesOf(route).map((mistake) => `${nameOf(route)}: ${mistake}`)),
    ...controllers
      .filter((controller) => routesOf([controller]).length === 0)
      .map((controller) => `${controller.name}: declares no route`),
    ...undeclared(),
  ];
  if (mistakes.length > 0) throw new UnsafeRoute(mistakes);
  return routes;
}

/** Finds the routes that a path could mean, whatever the method. */
export function routesAt(routes: readonly Route[]): (path: string) => readonly Route[] {
  const patterns = routes.map((route) => {
    const pattern = route.path
      .split(/\{\w+\}/)
      .map((literal) => literal.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
      .join('[^/]+');
    return { route, pattern: new RegExp(`^${pattern}$`) };
  });
  return (path) => patterns.filter(({ pattern }) => pattern.test(path)).map(({ route }) => route);
}

function nameOf({ method, path }: Route): string {
  return `${method} ${path}`;
}

// The compiler refuses most of these; a cast or plain JavaScript would get past it, and this is what protects data.
function mistakesOf(route: Route): string[] {
  const placeholders = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => String(name)).sort();
  const params = Object.keys(route.params?.shape ?? {}).sort();
  const known: readonly string[] = ACTIONS;
  return [
    ...(known.includes(route.action) ? [] : [`the policy knows no action "${route.action}"`]),
    ...(['inside', 'atDoor', 'public'].includes(route.decided) ? [] : ['does not say where it is decided']),
    ...(route.summary ? [] : ['has no summary']),
    ...(Object.keys(route.answers ?? {}).length > 0 ? [] : ['declares no answer']),
    ...(placeholders.join() === params.join()
      ? []
      : [`has {${placeholders}} in its path and {${params}} in its params`]),
    ...(route.problems ?? [])
      .filter((slug) => !isProblemSlug(slug))
      .map((slug) => `"${slug}" is no problem type`),
    // Nothing but the service itself may be read without a recorded decision.
    ...(route.decided === 'public' && route.action !== 'service.read'
      ? ['is public but reads more than the service']
      : []),
    ...(route.body && route.method === 'GET' ? ['takes a body, which GET has not'] : []),
    ...(route.body ? looseParts(strict(route.body), 'body') : []),
  ];
}

// Nested objects have to be strict by themselves: the server cannot tell a forgotten `strictObject` from a choice.
function looseParts(shape: unknown, path: string): string[] {
  if (shape instanceof z.ZodObject) {
    const isLoose = shape.def.catchall === undefined;
    const below = Object.entries(shape.shape).flatMap(([name, part]) => looseParts(part, `${path}.${name}`));
    return isLoose ? [`${path} would drop unknown fields; make it a z.strictObject`, ...below] : below;
  }
  if (shape instanceof z.ZodArray) return looseParts(shape.element, `${path}[]`);
  if (shape instanceof z.ZodUnion) return shape.options.flatMap((option) => looseParts(option, `${path}|`));
  if (shape instanceof z.ZodPipe) return looseParts(shape.in, path);
  if (
    shape instanceof z.ZodOptional ||
    shape instanceof z.ZodNullable ||
    shape instanceof z.ZodDefault ||
    shape instanceof z.ZodPrefault ||
    shape instanceof z.ZodReadonly
  ) {
    return looseParts(shape.unwrap(), path);
  }
  return [];
}

// A method with a decorator of typescript-rest but without ours would be served without any check.
function undeclared(): string[] {
  const declared = new Set(allRoutes().map(({ method, path }) => `${method} ${path}`));
  return Server.getPaths()
    .flatMap((path) =>
      Server.getHttpMethods(path).map((method) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`),
    )
    .filter((name) => !declared.has(name))
    .map((name) => `${name}: is served by typescript-rest but has no @Endpoint`);
}
