import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { loadEngine } from '../../policies/engine.js';
import { anonymousSubject } from '../../policies/subject.js';
import { CONTROLLERS } from '../controllers.js';
import type { Route } from './endpoint.js';
import { openapiDocument } from './openapi.js';
import { PROBLEM_TYPES, type ProblemType } from './problem-types.js';
import { safeRoutes } from './routes.js';

/** The text of `api/openapi.json`: every controller's routes; the policy says which of them are open to anyone. */
export async function describeApi(): Promise<string> {
  const routes = safeRoutes(CONTROLLERS);
  await nameShapes(routes);
  const engine = await loadEngine();
  const anyone = anonymousSubject('openapi');
  const document = openapiDocument(routes, guide(), (action) => engine.admit(action, anyone).allowed);
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

// What `api/README.md` says of all routes, for whoever has only the document; its links lead nowhere from there.
function guide(): string {
  const readme = readFileSync(new URL('../../../api/README.md', import.meta.url), 'utf8');
  const [start, end] = [readme.indexOf('## What holds everywhere'), readme.indexOf('## Health')];
  if (start < 0 || end < start)
    throw new Error('api/README.md lacks its sections from "What holds everywhere" to "Health"');
  return readme
    .slice(start, end)
    .replaceAll(/\[([^\]]+)\]\((?!https?:)[^)]*\)/g, '$1')
    .trim();
}

// What a `shapes.ts` exports is a component of the document under the same name. Parameters are no bodies and
// stay unnamed.
async function nameShapes(routes: readonly Route[]): Promise<void> {
  const unnamed = new Set<unknown>(routes.flatMap(({ params, query }) => [params, query]));
  const nouns = readdirSync(new URL('../', import.meta.url), { withFileTypes: true });
  for (const { name: noun } of nouns.filter((entry) => entry.isDirectory())) {
    const file = new URL(`../${noun}/shapes.js`, import.meta.url);
    const shapes: Record<string, unknown> = existsSync(file) ? await import(file.href) : {};
    for (const [name, shape] of Object.entries(shapes)) {
      if (!(shape instanceof z.ZodType) || unnamed.has(shape)) continue;
      z.globalRegistry.add(shape, { ...z.globalRegistry.get(shape), id: name });
    }
  }
}

/** The text of `api/README.md` with the list of problems between its markers written anew. */
export function withProblems(readme: string): string {
  const start = readme.indexOf(START);
  const end = readme.indexOf(END);
  if (start < 0 || end < start) throw new Error(`api/README.md lacks ${START} or ${END}`);
  return `${readme.slice(0, start + START.length)}\n\n${problems()}\n\n${readme.slice(end)}`;
}

const START = '<!-- problems -->';
const END = '<!-- /problems -->';

function problems(): string {
  const types: readonly (readonly [string, ProblemType])[] = Object.entries(PROBLEM_TYPES);
  return [...types]
    .sort(([slugA, a], [slugB, b]) => a.status - b.status || (slugA < slugB ? -1 : 1))
    .map(([slug, { status, title, hint }]) => `#### ${status} \`${slug}\`\n\n${title}. ${hint}`)
    .join('\n\n');
}
