import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { setTimeout as passed } from 'node:timers/promises';
import { startApi } from '../../support/app.js';
import { assertDocumented } from '../../support/validate-answers.js';

// As much of the language of `.http` files as the tour uses.

interface Step {
  readonly title: string;
  readonly name: string | undefined;
  readonly text: string;
}

interface Exchange {
  readonly request: { readonly body: unknown };
  readonly response: { readonly body: unknown; readonly headers: Readonly<Record<string, string>> };
}

const tour = readFileSync(new URL('../../../../api/tour.http', import.meta.url), 'utf8');
const [, ...steps] = tour.split(/^### /m).map(stepOf);

// The title of a step ends with the status that it shows, when that is no success.
const expectedOf = ({ title }: Step): number => Number(/: (\d{3})\.$/.exec(title)?.[1] ?? 200);

const api = await startApi();
after(() => api.stop());
before(() => api.work());

test('the tour runs from top to bottom', async () => {
  const exchanges = new Map<string, Exchange>();
  for (const step of steps) {
    const { status, exchange } = await taken(step, exchanges);
    if (step.name) exchanges.set(step.name, exchange);
    const expected = expectedOf(step);
    const asExpected = expected === 200 ? status >= 200 && status < 300 : status === expected;
    assert.ok(asExpected, `${step.title}\n${status} ${JSON.stringify(exchange.response.body)}`);
  }
  assert.ok(steps.length > 15);
});

async function taken(step: Step, exchanges: ReadonlyMap<string, Exchange>) {
  for (let tries = 0; ; tries += 1) {
    const answer = await sent(filled(step.text, exchanges));
    const isPending = /"status":"(queued|processing)"/.test(JSON.stringify(answer.exchange.response.body));
    // "Send this until …", and the feed, which a job still writes; other lists may well be empty.
    const isAwaited =
      step.name === 'feed'
        ? /"items":\[\]/.test(JSON.stringify(answer.exchange.response.body))
        : step.title.includes('Send this until') && isPending;
    if (!isAwaited || tries > 200) return answer;
    await passed(50);
  }
}

async function sent(text: string): Promise<{ status: number; exchange: Exchange }> {
  const [head = '', ...parts] = text.split('\n\n');
  const [line = '', ...headerLines] = head.split('\n');
  const [method = '', url = ''] = line.split(' ');
  const headers = Object.fromEntries(headerLines.map((header) => header.split(/: (.*)/s).slice(0, 2)));
  const isForm = headers['Content-Type']?.startsWith('multipart');
  const body = parts.length === 0 ? undefined : parts.join('\n\n').trim();
  const response = await fetch(url, {
    method,
    headers,
    ...(body && { body: isForm ? `${body.replaceAll('\n', '\r\n')}\r\n` : body }),
  });
  const answer = parsed(await response.text());
  const told = Object.fromEntries(response.headers);
  assertDocumented({
    method,
    path: url.replace(api.url, ''),
    status: response.status,
    headers: told,
    body: answer,
  });
  return {
    status: response.status,
    exchange: {
      request: { body: isForm ? undefined : parsed(body ?? '') },
      response: { body: answer, headers: told },
    },
  };
}

function filled(text: string, exchanges: ReadonlyMap<string, Exchange>): string {
  return text.replaceAll(/\{\{(.+?)\}\}/g, (_, expression: string) => {
    if (expression === 'api') return api.url;
    if (expression === '$guid') return randomUUID();
    const [name = '', ...path] = expression
      .replace('.$', '')
      .split(/[.[\]]+/)
      .filter(Boolean);
    const value = path.reduce<unknown>((part, key) => Object(part)[key], exchanges.get(name));
    assert.equal(typeof value, 'string', `{{${expression}}} is ${value}`);
    return String(value);
  });
}

function stepOf(text: string): Step {
  const [title = '', ...lines] = text.trim().split('\n');
  const name = lines.find((line) => line.startsWith('# @name '))?.slice('# @name '.length);
  return { title, name, text: lines.filter((line) => !line.startsWith('# ')).join('\n') };
}

function parsed(text: string): unknown {
  return text === '' ? undefined : JSON.parse(text);
}
