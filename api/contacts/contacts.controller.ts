import { athletesByContact, contactSeeker } from '../../graph/contacts.js';
import { callerId } from '../http/caller.js';
import { type Answer, type Call, Endpoint, ok } from '../http/endpoint.js';
import { NotFound } from '../http/problems.js';
import { RateLimits } from '../http/rate-limits.js';
import type { App } from '../wiring.js';
import { ContactHashes, ContactsView } from './shapes.js';

export class ContactsController {
  readonly #limits: RateLimits;

  constructor(private readonly app: App) {
    this.#limits = new RateLimits(app.config, app.redis, app.log, app.now);
  }

  @Endpoint('POST /v1/contacts/matches', {
    action: 'contact.match',
    decided: 'inside',
    summary: 'Find whom you know by hashed e-mail',
    description:
      'Send hashes of addresses, not addresses. Found are athletes who agreed to be (`isFindableByEmail` of their account) and have verified the address; the order of the answer tells nothing. Your own address has to be verified. The hashes are not kept, and there are few questions a day.',
    body: ContactHashes,
    answers: { 200: ContactsView },
  })
  async match({ subject, body }: Call<{ body: typeof ContactHashes }>): Promise<Answer> {
    const { access, emailKey, graph } = this.app;
    const viewerId = callerId(subject);
    const seeker = await contactSeeker(graph, viewerId);
    if (!seeker) throw new NotFound('account');
    access.require(subject, 'contact.match', seeker);
    await this.#limits.require('contacts', viewerId);
    const contactHashes = [...new Set(body.hashes)].map((hash) => emailKey.contactHash(hash));
    const found = await athletesByContact(graph, viewerId, contactHashes);
    return ok({ items: access.openEach(subject, 'contact.find', found) });
  }
}
