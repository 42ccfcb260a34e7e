import { keepLink, type LinkPurpose, type Mailbox, mailboxOf } from '../../graph/links.js';
import type { GraphEvent } from '../../graph/session.js';
import { systemSubject } from '../../policies/subject.js';
import { hashOfToken } from '../http/token-hash.js';
import { job } from '../jobs/job.js';
import type { App } from '../wiring.js';
import { type Letter, sendMail } from './send-mail.js';

const HOUR_MILLISECONDS = 60 * 60 * 1000;
// Whoever asks for a reset waits for it; whoever registers may read their mail next week.
const LIFE_MILLISECONDS: Readonly<Record<LinkPurpose, number>> = {
  resetPassword: HOUR_MILLISECONDS,
  verifyEmail: 7 * 24 * HOUR_MILLISECONDS,
};
// Anybody may ask for a mail to any address; nobody shall fill a mailbox that way.
const LINKS_PER_HOUR = 5;

// A mail server takes its time, and letters do not wait for one another.
const LETTERS_AT_ONCE = 4;

/** Mails the single-use links that accounts ask for. The token is made here, and only its hash is kept. */
export const mailLinks = job({
  name: 'account.mailLinks',
  on: ['account.registered', 'account.verificationRequested', 'account.resetRequested'],
  concurrency: () => LETTERS_AT_ONCE,
  run: async (app, event) => {
    const purpose = event.type === 'account.resetRequested' ? 'resetPassword' : 'verifyEmail';
    const mailbox = await openMailbox(app, event, purpose);
    if (!mailbox || mailbox.recentLinks >= LINKS_PER_HOUR) return;
    if (purpose === 'verifyEmail' && mailbox.isVerified) return;
    // The same whenever this event is handled: a letter may have arrived although its job is run again.
    const token = app.masterKey.token('links in letters', event.eventId);
    // Kept before it is mailed: a link in somebody's hands always opens what it says.
    if (await keep(app, event, { purpose, token, athleteId: mailbox.athleteId })) {
      await sendMail(app.config, letterOf(mailbox, purpose, linkTo(app, purpose, token)));
    }
  },
});

async function openMailbox(app: App, event: GraphEvent, purpose: LinkPurpose): Promise<Mailbox | undefined> {
  const { athleteId, emailHash } = event.payload;
  const since = new Date(app.now().getTime() - HOUR_MILLISECONDS);
  const whose =
    purpose === 'resetPassword' ? { emailHash: String(emailHash) } : { athleteId: String(athleteId) };
  const sealed = await mailboxOf(app.graph, app.masterKey, whose, { purpose, since, eventId: event.eventId });
  return sealed && app.access.open(systemSubject('worker', event.eventId), 'account.mailLink', sealed);
}

async function keep(
  app: App,
  event: GraphEvent,
  link: { readonly purpose: LinkPurpose; readonly token: string; readonly athleteId: string },
): Promise<boolean> {
  const { eventId } = event;
  const { purpose, token, athleteId } = link;
  const now = app.now();
  return keepLink(
    app.graph,
    (target) => app.access.require(systemSubject('worker', eventId), 'account.mailLink', target),
    {
      athleteId,
      eventId,
      linkHash: hashOfToken(token),
      purpose,
      now,
      expiresAt: new Date(now.getTime() + LIFE_MILLISECONDS[purpose]),
    },
  );
}

// Behind the #, so that no server, proxy or log ever sees the token.
function linkTo({ config }: App, purpose: LinkPurpose, token: string): string {
  const page = purpose === 'resetPassword' ? 'reset-password' : 'verify-email';
  return new URL(`/links/${page}#${token}`, config.PUBLIC_URL).href;
}

function letterOf({ email, displayName }: Mailbox, purpose: LinkPurpose, link: string): Letter {
  const lines =
    purpose === 'resetPassword'
      ? [
          'somebody, hopefully you, wants to set a new password for your account. This link does it, once,',
          'within an hour:',
        ]
      : ['please confirm that this is your address. This link does it, once, within a week:'];
  return {
    to: email,
    subject: purpose === 'resetPassword' ? 'Set a new password' : 'Confirm your address',
    text: [
      `Hello ${displayName},`,
      '',
      ...lines,
      '',
      link,
      '',
      'If this was not you, do nothing: without the link nothing changes.',
      '',
      'Paceline',
    ].join('\n'),
  };
}
