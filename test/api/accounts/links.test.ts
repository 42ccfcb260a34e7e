import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { mailLinks } from '../../../api/accounts/mail-links.job.js';
import { type CaughtMail, catchMail } from '../../../scripts/services/mail-catcher.js';
import { client, startApi } from '../../support/app.js';

const letters: CaughtMail[] = [];
const listeners = new Set<() => void>();
const mail = await catchMail((letter) => {
  letters.push(letter);
  for (const listener of listeners) listener();
});
let now = new Date();
const api = await startApi(
  {
    SMTP_URL: mail.url,
    PUBLIC_URL: 'https://paceline.example',
  },
  () => now,
);
before(() => api.work());
after(async () => {
  await api.stop();
  await mail.close();
});

const NEW_PASSWORD = 'an altogether new one';

/** The token in the nth letter of a subject to an address; waits for it. */
async function tokenTo(email: string, subject: string, number = 1): Promise<string> {
  const isIt = (letter: CaughtMail) => letter.to === email && letter.subject === subject;
  for (;;) {
    const letter = letters.filter(isIt)[number - 1];
    const link = letter && decoded(letter.text).match(/https:\/\/paceline\.example\/links\/\S+#(\S+)/);
    if (link?.[1]) return link[1];
    await new Promise<void>((resolve) => {
      const listener = () => {
        listeners.delete(listener);
        resolve();
      };
      listeners.add(listener);
    });
  }
}

// Long lines travel as quoted-printable.
const decoded = (text: string) =>
  text
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));

const confirmEmail = (token: string) => api.anyone.post('/v1/email-verifications/confirm', { token });
const askReset = (email: string) => api.anyone.post('/v1/password-resets', { email }).expect(204);
const reset = (token: string, password = NEW_PASSWORD) =>
  api.anyone.post('/v1/password-resets/confirm', { token, password });

test('registering mails a link that verifies the address, once', async () => {
  const ann = await api.newAthlete();
  const token = await tokenTo(ann.email, 'Confirm your address');

  await confirmEmail(token).expect(204);

  const { body } = await ann.get('/v1/accounts/me').expect(200);
  assert.equal(body.emailVerifiedAt, now.toISOString());
  const again = await confirmEmail(token).expect(422);
  assert.equal(again.body.type, '/problems/link-over');
});

test('a letter that is mailed once more holds the same link, so both letters open it', async () => {
  const { email, athleteId } = await api.newAthlete();
  const [subject, key] = ['Confirm your address', `mail:${athleteId}`];
  await tokenTo(email, subject);
  const event = {
    eventId: randomUUID(),
    type: 'account.verificationRequested',
    key,
    payload: { athleteId },
  };

  await mailLinks.run(api.app, event);
  await mailLinks.run(api.app, event);

  const [first, second] = [await tokenTo(email, subject, 2), await tokenTo(email, subject, 3)];
  assert.equal(second, first);
  await confirmEmail(first).expect(204);
});

test('a link for one purpose is none for another', async () => {
  const ann = await api.newAthlete();
  const token = await tokenTo(ann.email, 'Confirm your address');

  await reset(token).expect(422);
  await confirmEmail(token).expect(204);
});

test('another link to verify is mailed when somebody asks for it', async () => {
  const ann = await api.newAthlete();
  await ann.post('/v1/email-verifications').expect(204);

  await confirmEmail(await tokenTo(ann.email, 'Confirm your address', 2)).expect(204);
});

test('a reset by mail sets the password, ends every session and verifies the address', async () => {
  const ann = await api.newAthlete();
  await askReset(ann.email.toUpperCase());
  const token = await tokenTo(ann.email, 'Set a new password');

  await reset(token).expect(204);

  await ann.get('/v1/athletes/me').expect(401);
  await api.anyone.post('/v1/sessions', { email: ann.email, password: ann.password }).expect(401);
  const { body } = await api.anyone
    .post('/v1/sessions', { email: ann.email, password: NEW_PASSWORD })
    .expect(201);
  const account = await client(api.url, body.accessToken).get('/v1/accounts/me').expect(200);
  assert.ok(account.body.emailVerifiedAt);
  await reset(token).expect(422);
});

test('of many who use one link at once one wins', async () => {
  const ann = await api.newAthlete();
  await askReset(ann.email);
  const token = await tokenTo(ann.email, 'Set a new password');

  const answers = await Promise.all(
    Array.from({ length: 5 }, (_, n) => reset(token, `${NEW_PASSWORD} ${n}`)),
  );

  assert.deepEqual(answers.map(({ status }) => status).sort(), [204, 422, 422, 422, 422]);
});

test('a changed password withdraws the links that were mailed before', async () => {
  const ann = await api.newAthlete();
  await askReset(ann.email);
  const token = await tokenTo(ann.email, 'Set a new password');
  await ann
    .post('/v1/accounts/me/password', { currentPassword: ann.password, newPassword: NEW_PASSWORD })
    .expect(204);

  await reset(token).expect(422);
});

test('a link to reset lasts an hour', async () => {
  const ann = await api.newAthlete();
  await askReset(ann.email);
  const token = await tokenTo(ann.email, 'Set a new password');
  const then = now;
  now = new Date(now.getTime() + 3_600_000);

  await reset(token).expect(422);

  now = then;
  await reset(token).expect(204);
});

test('asking for an address without an account answers the same and mails nothing', async () => {
  const ann = await api.newAthlete();
  await askReset(`x${ann.email}`);
  // Of a later request the letter has come, so that of the earlier one would have.
  await askReset(ann.email);
  await tokenTo(ann.email, 'Set a new password');

  assert.equal(letters.filter(({ to }) => to === `x${ann.email}`).length, 0);
});

test('nobody fills a mailbox: five links an hour, and then no more', async () => {
  const [ann, bob] = [await api.newAthlete(), await api.newAthlete()];
  for (let asked = 0; asked < 7; asked += 1) await askReset(ann.email);
  await tokenTo(ann.email, 'Set a new password', 5);
  await askReset(bob.email);
  await tokenTo(bob.email, 'Set a new password');

  const mailed = letters.filter(({ to, subject }) => to === ann.email && subject === 'Set a new password');
  assert.equal(mailed.length, 5);
});

test('a made-up token opens nothing', async () => {
  await reset('x'.repeat(43)).expect(422);
  await reset('short').expect(422);
});

test('the link opens a page that does nothing before a button is pressed', async () => {
  for (const page of ['verify-email', 'reset-password']) {
    const { text } = await api.anyone
      .get(`/links/${page}`)
      .expect(200)
      .expect('content-type', /text\/html/)
      .expect('content-security-policy', /script-src 'self'/);

    assert.doesNotMatch(text, /<script>|onclick|style=/);
  }
  await api.anyone
    .get('/links/link.js')
    .expect(200)
    .expect('content-type', /javascript/);
  await api.anyone.get('/links/../package.json').expect(404);
});
