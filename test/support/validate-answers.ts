import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { z } from 'zod';

/** An answer of the API, as a test sees it. */
export interface SeenAnswer {
  readonly method: string;
  /** With or without a query. */
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** Parsed when it is JSON. */
  readonly body: unknown;
}

const Responses = z.record(
  z.string(),
  z.looseObject({ $ref: z.string().optional(), content: z.looseObject({}).optional() }),
);
const Operation = z.looseObject({ responses: Responses });
const Document = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.looseObject({ responses: Responses }),
});

const document = Document.parse(
  JSON.parse(readFileSync(new URL('../../../api/openapi.json', import.meta.url), 'utf8')),
);

// `strict: false`, since a whole OpenAPI document is no JSON Schema; what is referred to within it is.
const ajv = new Ajv2020({ strict: false, allErrors: true });
// The package is CommonJS; its types and what NodeNext imports differ by one `default`.
formats.default(ajv);
ajv.addSchema(document, 'openapi');
const validators = new Map<string, ValidateFunction>();

const templates = Object.keys(document.paths)
  .map((template) => ({
    template,
    pattern: new RegExp(`^${template.replaceAll('.', String.raw`\.`).replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  }))
  // A fixed name wins over a placeholder: `/v1/athletes/me` before `/v1/athletes/{athleteId}`.
  .sort((a, b) => placeholders(a.template) - placeholders(b.template));

/** Fails unless `api/openapi.json` describes the answer: its status, its content type and every field. */
export function assertDocumented({ method, path, status, headers, body }: SeenAnswer): void {
  const [plainPath = ''] = path.split('?');
  assert.ok(headers['x-request-id'], `${method} ${path}: the answer has no X-Request-Id`);
  const templatesHere = templates.filter(({ pattern }) => pattern.test(plainPath));
  const verb = method.toLowerCase() === 'head' ? 'get' : method.toLowerCase();
  const template = templatesHere.find((candidate) => document.paths[candidate.template]?.[verb])?.template;
  if (template === undefined) {
    assertNotServed(method, path, status, templatesHere.length > 0, body);
    return;
  }

  const name = `${method.toUpperCase()} ${template}`;
  const response = document.paths[template]?.[verb]?.responses[status];
  assert.ok(
    response,
    `${name} answered ${status}${slugIn(body)}, which api/openapi.json does not list: ${hint(status)}`,
  );
  const resolved = response.$ref
    ? document.components.responses[response.$ref.split('/').at(-1) ?? '']
    : response;
  const types = Object.keys(resolved?.content ?? {});
  const type = String(headers['content-type'] ?? '').split(';')[0] ?? '';
  if (types.length === 0) {
    assert.ok(isNothing(body), `${name} answered ${status} with a body, none is documented`);
    return;
  }
  if (method.toLowerCase() === 'head' || types.includes('*/*')) return;
  assert.ok(types.includes(type), `${name} answered ${status} as ${type}, documented is ${types.join(', ')}`);
  if (!type.endsWith('json')) return;

  const at = response.$ref ?? `#/paths/${pointer(template)}/${verb}/responses/${status}`;
  const valid = validator(`openapi${at}/content/${pointer(type)}/schema`);
  if (!valid(body)) {
    assert.fail(
      `${name} answered ${status}${slugIn(body)} in another shape: ${ajv.errorsText(valid.errors, { dataVar: 'body' })}${extra(valid)}`,
    );
  }
}

function assertNotServed(
  method: string,
  path: string,
  status: number,
  isKnownPath: boolean,
  body: unknown,
): void {
  const expected = isKnownPath ? [401, 404, 405, 429] : [401, 404, 429];
  assert.ok(
    expected.includes(status),
    `${method} ${path} answered ${status}, but api/openapi.json has no such route`,
  );
  const valid = validator('openapi#/components/schemas/Problem');
  if (method.toLowerCase() !== 'head')
    assert.ok(valid(body), `${method} ${path} answered ${status} without a problem`);
}

function validator(reference: string): ValidateFunction {
  const known = validators.get(reference);
  if (known) return known;
  const made = ajv.compile({ $ref: reference });
  validators.set(reference, made);
  return made;
}

function placeholders(template: string): number {
  return template.split('{').length;
}

function pointer(text: string): string {
  return text.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('{', '%7B').replaceAll('}', '%7D');
}

function isNothing(body: unknown): boolean {
  return (
    body === undefined ||
    body === '' ||
    (typeof body === 'object' && body !== null && Object.keys(body).length === 0)
  );
}

function slugIn(body: unknown): string {
  const type = typeof body === 'object' && body !== null && 'type' in body ? String(body.type) : '';
  return type.startsWith('/problems/') ? ` ${type}` : '';
}

function hint(status: number): string {
  return status < 400
    ? 'declare it in `answers` of the @Endpoint and run npm run openapi'
    : 'declare it in `problems` of the @Endpoint and run npm run openapi';
}

function extra({ errors }: ValidateFunction): string {
  const names = (errors ?? []).flatMap(({ params }) => params.additionalProperty ?? []);
  return names.length === 0 ? '' : ` (${names.join(', ')})`;
}
