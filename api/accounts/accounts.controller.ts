import {
  accountOf,
  type Credentials,
  changePassword,
  credentialsOf,
  deleteAthlete,
  register,
} from '../../graph/accounts.js';
import { changeFindable } from '../../graph/contacts.js';
import { callerId } from '../http/caller.js';
import { type Answer, type Call, created, Endpoint, noContent, ok } from '../http/endpoint.js';
import { NotFound } from '../http/problems.js';
import { Tokens } from '../http/tokens.js';
import type { App } from '../wiring.js';
import { hashPassword } from './passwords.js';
import { provePassword } from './prove-password.js';
import { newSession, sessionTokens } from './session-tokens.js';
import {
  AccountEdit,
  AccountView,
  PasswordChange,
  PasswordProof,
  Registration,
  SessionTokens,
} from './shapes.js';

/** The password that was to prove who asks is not theirs; their token is fine. */
class WrongPassword extends Error {
  override name = 'WrongPassword';
  readonly problem = 'wrong-password';
  constructor() {
    super('this is not the password of your account');
  }
}

export class AccountsController {
  readonly #tokens: Tokens;

  constructor(private readonly app: App) {
    this.#tokens = new Tokens(app.config.TOKEN_KEYS, app.now);
  }

  @Endpoint('POST /v1/athletes', {
    action: 'account.register',
    decided: 'inside',
    summary: 'Register an athlete',
    description: 'Makes the athlete and a first session; a link to verify the address is mailed.',
    body: Registration,
    answers: { 201: SessionTokens },
    problems: ['email-taken'],
  })
  async register({ subject, body, idOf }: Call<{ body: typeof Registration }>): Promise<Answer> {
    const { app } = this;
    const { email, password, displayName } = body;
    // Hashed before anybody looks whether the address is taken, so that the time does not tell.
    const passwordHash = await hashPassword(password);
    const athleteId = idOf('athlete');
    const session = newSession(idOf('session'), app.now());
    const emailHash = app.emailKey.hash(email);
    await register(
      app.graph,
      (target) => app.access.require(subject, 'account.register', target),
      { athleteId, displayName, email, emailHash, passwordHash, session },
      app.masterKey,
    );
    const { sessionId } = session;
    return created(
      sessionTokens(this.#tokens, { athleteId, sessionId, generation: 0 }),
      `/v1/athletes/${athleteId}`,
    );
  }

  @Endpoint('GET /v1/accounts/me', {
    action: 'account.read',
    decided: 'inside',
    summary: 'Read your account',
    answers: { 200: AccountView },
  })
  async read({ subject }: Call): Promise<Answer> {
    return this.#answer(subject);
  }

  @Endpoint('PATCH /v1/accounts/me', {
    action: 'account.update',
    decided: 'inside',
    summary: 'Agree to be found by your e-mail, or no longer',
    description:
      'Others who know the address find you by its hash once it is verified. Nothing to find you by is kept until you agree, nor afterwards.',
    body: AccountEdit,
    answers: { 200: AccountView },
  })
  async update({ subject, body }: Call<{ body: typeof AccountEdit }>): Promise<Answer> {
    const { access, graph, masterKey, emailKey, now } = this.app;
    const athleteId = callerId(subject);
    const isChanged = await changeFindable(
      graph,
      (target) => access.require(subject, 'account.update', target),
      { athleteId, ...body },
      { masterKey, emailKey, now: now() },
    );
    if (!isChanged) throw new NotFound('account');
    return this.#answer(subject);
  }

  @Endpoint('POST /v1/accounts/me/password', {
    action: 'account.changePassword',
    decided: 'inside',
    summary: 'Change your password',
    description: 'All your other sessions end.',
    body: PasswordChange,
    answers: { 204: null },
    problems: ['wrong-password', 'too-many-failures'],
  })
  async changePassword({ subject, body, request }: Call<{ body: typeof PasswordChange }>): Promise<Answer> {
    const { app } = this;
    const { athleteId, passwordHash } = await this.#proved(subject, body.currentPassword, request.ip);
    const isChanged = await changePassword(
      app.graph,
      (target) => app.access.require(subject, 'account.changePassword', target),
      {
        athleteId,
        passwordHash,
        newPasswordHash: await hashPassword(body.newPassword),
        keepSessionId: subject.sessionId ?? null,
      },
    );
    if (!isChanged) throw new WrongPassword();
    return noContent();
  }

  @Endpoint('DELETE /v1/athletes/me', {
    action: 'account.delete',
    decided: 'inside',
    summary: 'Delete your account',
    description:
      'Asks for the password once more. The key of your data is destroyed at once and you vanish for everybody; activities, recordings and follows are cleared away within minutes. It cannot be undone.',
    body: PasswordProof,
    answers: { 204: null },
    problems: ['wrong-password', 'too-many-failures'],
  })
  async delete({ subject, body, request }: Call<{ body: typeof PasswordProof }>): Promise<Answer> {
    const { app } = this;
    const credentials = await this.#proved(subject, body.password, request.ip);
    const isDeleted = await deleteAthlete(
      app.graph,
      (target) => app.access.require(subject, 'account.delete', target),
      credentials,
      app.now(),
    );
    if (!isDeleted) throw new WrongPassword();
    return noContent();
  }

  async #answer(subject: Call['subject']): Promise<Answer> {
    const { access, graph, masterKey } = this.app;
    const sealed = await accountOf(graph, masterKey, callerId(subject));
    if (!sealed) throw new NotFound('account');
    return ok(access.open(subject, 'account.read', sealed));
  }

  async #proved(subject: Call['subject'], password: string, address?: string): Promise<Credentials> {
    const athleteId = callerId(subject);
    const credentials = await provePassword(this.app, subject, {
      sealed: await credentialsOf(this.app.graph, athleteId),
      password,
      attempt: { account: athleteId, address },
    });
    if (!credentials) throw new WrongPassword();
    return credentials;
  }
}
