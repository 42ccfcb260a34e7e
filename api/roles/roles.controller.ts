import { type CallerNow, endRole, grantRole, rolesOf } from '../../graph/roles.js';
import { liftSuspension, suspendAthlete } from '../../graph/suspensions.js';
import type { Grant, Target } from '../../policies/access.js';
import type { Action } from '../../policies/actions.js';
import { AthleteKey } from '../athletes/shapes.js';
import { callerId } from '../http/caller.js';
import { type Answer, type Call, Endpoint, noContent, ok } from '../http/endpoint.js';
import { NotFound } from '../http/problems.js';
import type { App } from '../wiring.js';
import { HeldRoles, HeldRoleView, RoleKey, RoleTerm } from './shapes.js';

export class RolesController {
  constructor(private readonly app: App) {}

  @Endpoint('GET /v1/athletes/{athleteId}/roles', {
    action: 'role.list',
    decided: 'inside',
    summary: 'List the roles of an athlete',
    description: 'For administrators, and for athletes their own. Roles that have ended are not listed.',
    params: AthleteKey,
    answers: { 200: HeldRoles },
  })
  async list({ subject, params }: Call<{ params: typeof AthleteKey }>): Promise<Answer> {
    const { access, graph, now } = this.app;
    const sealed = await rolesOf(graph, params.athleteId, now());
    if (!sealed) throw new NotFound('athlete');
    return ok(access.open(subject, 'role.list', sealed));
  }

  @Endpoint('PUT /v1/athletes/{athleteId}/roles/{role}', {
    action: 'role.grant',
    decided: 'inside',
    summary: 'Grant a role',
    description:
      'For administrators. It acts on the next request of the athlete and ends by itself. Granting again changes until when it lasts; nobody grants themselves anything.',
    params: RoleKey,
    body: RoleTerm,
    answers: { 200: HeldRoleView },
  })
  async grant({
    subject,
    params,
    body,
  }: Call<{ params: typeof RoleKey; body: typeof RoleTerm }>): Promise<Answer> {
    const held = await grantRole(
      this.app.graph,
      this.#decide(subject, 'role.grant'),
      this.#concerned(subject, params),
      { role: params.role, endsAt: new Date(body.endsAt) },
    );
    if (!held) throw new NotFound('athlete');
    return ok(held);
  }

  @Endpoint('DELETE /v1/athletes/{athleteId}/roles/{role}', {
    action: 'role.end',
    decided: 'inside',
    summary: 'End a role',
    description: 'For administrators, and for whoever holds it. The last administrator stays.',
    params: RoleKey,
    answers: { 204: null },
  })
  async end({ subject, params }: Call<{ params: typeof RoleKey }>): Promise<Answer> {
    const isDone = await endRole(
      this.app.graph,
      this.#decide(subject, 'role.end'),
      this.#concerned(subject, params),
      params.role,
    );
    if (!isDone) throw new NotFound('athlete');
    return noContent();
  }

  @Endpoint('PUT /v1/athletes/{athleteId}/suspension', {
    action: 'suspension.create',
    decided: 'inside',
    summary: 'Suspend an athlete',
    description:
      'For moderators and administrators. From their next request on the athlete can do nothing, and is not there for others.',
    params: AthleteKey,
    answers: { 204: null },
  })
  async suspend({ subject, params }: Call<{ params: typeof AthleteKey }>): Promise<Answer> {
    const isDone = await suspendAthlete(
      this.app.graph,
      this.#decide(subject, 'suspension.create'),
      this.#concerned(subject, params),
    );
    if (!isDone) throw new NotFound('athlete');
    return noContent();
  }

  @Endpoint('DELETE /v1/athletes/{athleteId}/suspension', {
    action: 'suspension.delete',
    decided: 'inside',
    summary: 'Lift the suspension of an athlete',
    params: AthleteKey,
    answers: { 204: null },
  })
  async lift({ subject, params }: Call<{ params: typeof AthleteKey }>): Promise<Answer> {
    const isDone = await liftSuspension(
      this.app.graph,
      this.#decide(subject, 'suspension.delete'),
      this.#concerned(subject, params),
    );
    if (!isDone) throw new NotFound('athlete');
    return noContent();
  }

  // The caller may have lost a role since the request began: what counts is how they stand inside the transaction.
  #decide(subject: Call['subject'], action: Action) {
    return (target: Target, caller: CallerNow): Grant =>
      this.app.access.require({ ...subject, ...caller }, action, target);
  }

  #concerned(subject: Call['subject'], { athleteId }: { readonly athleteId: string }) {
    return { athleteId, callerId: callerId(subject), now: this.app.now() };
  }
}
