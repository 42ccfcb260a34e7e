import { requestReset, requestVerification } from '../../graph/accounts.js';
import { isResetOpen, resetPassword, verifyEmail } from '../../graph/links.js';
import { callerId } from '../http/caller.js';
import { type Answer, type Call, Endpoint, noContent } from '../http/endpoint.js';
import { hashOfToken } from '../http/token-hash.js';
import type { App } from '../wiring.js';
import { forgetFailures } from './login-throttle.js';
import { hashPassword } from './passwords.js';
import { ResetConfirmation, ResetRequest, VerificationConfirmation } from './shapes.js';

/** A mailed link was used, has expired, or never was. */
class LinkOver extends Error {
  override name = 'LinkOver';
  readonly problem = 'link-over';
  constructor() {
    super('this link opens nothing');
  }
}

/** What is done through links that are mailed: each works once. */
export class LinksController {
  constructor(private readonly app: App) {}

  @Endpoint('POST /v1/password-resets', {
    action: 'account.requestReset',
    decided: 'atDoor',
    summary: 'Ask for a link that resets a password',
    description: 'The answer is the same whether or not the address has an account.',
    body: ResetRequest,
    answers: { 204: null },
  })
  async requestReset({ grant, body }: Call<{ body: typeof ResetRequest }>): Promise<Answer> {
    await requestReset(this.app.graph, grant, this.app.emailKey.hash(body.email));
    return noContent();
  }

  @Endpoint('POST /v1/password-resets/confirm', {
    action: 'account.resetPassword',
    decided: 'inside',
    summary: 'Set a new password by a mailed link',
    description: 'All sessions of the account end, and its address counts as verified.',
    body: ResetConfirmation,
    answers: { 204: null },
    problems: ['link-over'],
  })
  async resetPassword({ subject, body }: Call<{ body: typeof ResetConfirmation }>): Promise<Answer> {
    const { app } = this;
    const link = { linkHash: hashOfToken(body.token), now: app.now() };
    // Nobody makes us hash passwords with a made-up link.
    if (!(await isResetOpen(app.graph, link))) throw new LinkOver();
    const passwordHash = await hashPassword(body.password);
    const reset = await resetPassword(
      app.graph,
      (target) => app.access.require(subject, 'account.resetPassword', target),
      { ...link, passwordHash },
    );
    if (!reset) throw new LinkOver();
    // Whoever reads the mail of the account is its owner, however many others have tried.
    await forgetFailures(app, reset.emailHash);
    return noContent();
  }

  @Endpoint('POST /v1/email-verifications', {
    action: 'account.read',
    decided: 'atDoor',
    summary: 'Ask for another mail that verifies your address',
    answers: { 204: null },
  })
  async requestVerification({ subject, grant }: Call): Promise<Answer> {
    await requestVerification(this.app.graph, grant, callerId(subject));
    return noContent();
  }

  @Endpoint('POST /v1/email-verifications/confirm', {
    action: 'account.verifyEmail',
    decided: 'inside',
    summary: 'Verify an address by a mailed link',
    body: VerificationConfirmation,
    answers: { 204: null },
    problems: ['link-over'],
  })
  async verifyEmail({ subject, body }: Call<{ body: typeof VerificationConfirmation }>): Promise<Answer> {
    const { access, graph, now } = this.app;
    const isVerified = await verifyEmail(
      graph,
      (target) => access.require(subject, 'account.verifyEmail', target),
      { linkHash: hashOfToken(body.token), now: now() },
    );
    if (!isVerified) throw new LinkOver();
    return noContent();
  }
}
