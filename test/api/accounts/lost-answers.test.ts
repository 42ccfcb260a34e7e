import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { changePassword, EmailTaken, register } from '../../../graph/accounts.js';
import { type Subject, type Target } from '../../../policies/access.js';
import type { Action } from '../../../policies/actions.js';
import { anonymousSubject } from '../../../policies/subject.js';
import { startApi } from '../../support/app.js';
import { ask } from '../../support/graph.js';

// When the database does not answer a commit, the work is done again: it must not mistake itself for somebody else.

const api = await startApi();
after(() => api.stop());
const { access, graph, masterKey } = api.app;

const decide = (subject: Subject, action: Action) => (target: Target) =>
  access.require(subject, action, target);

test('a registration that is done again is not one of a taken address', async () => {
  const now = new Date();
  const session = { sessionId: randomUUID(), now, expiresAt: new Date(now.getTime() + 60_000) };
  const athlete = {
    athleteId: randomUUID(),
    displayName: 'Ann',
    email: 'ann@example.org',
    emailHash: randomUUID(),
    passwordHash: 'one',
    session,
  };
  const again = (fields = {}) =>
    register(
      graph,
      decide(anonymousSubject('test'), 'account.register'),
      { ...athlete, ...fields },
      masterKey,
    );

  await again();
  await again();

  const sessionId = randomUUID();
  await assert.rejects(again({ athleteId: randomUUID(), session: { ...session, sessionId } }), EmailTaken);
});

test('a change of password that is done again has been done', async () => {
  const { athleteId, sessionId } = await api.newAthlete();
  const [account] = await ask<{ passwordHash: string }>(
    graph,
    'MATCH (account:Account {athleteId: $athleteId}) RETURN account.passwordHash AS passwordHash',
    { athleteId },
  );
  const subject: Subject = {
    kind: 'athlete',
    athleteId,
    sessionId,
    standing: 'active',
    scopes: ['*'],
    roles: [],
    requestId: 'test',
  };
  const changeTo = (newPasswordHash: string) =>
    changePassword(graph, decide(subject, 'account.changePassword'), {
      athleteId,
      passwordHash: account?.passwordHash ?? '',
      newPasswordHash,
      keepSessionId: sessionId,
    });

  const outcomes = [await changeTo('new'), await changeTo('new'), await changeTo('another')];

  assert.deepEqual(outcomes, [true, true, false]);
});
