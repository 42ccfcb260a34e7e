import type { Subject } from './access.js';

/** A part of Paceline that acts by itself; `policies/admission.rego` names what each may do. */
export type SystemName = 'accounts' | 'command' | 'seed' | 'worker';

/** @param requestId of the request or job on whose behalf the part acts */
export function systemSubject(name: SystemName, requestId: string): Subject {
  return { kind: 'system', name, standing: 'active', scopes: [], roles: [], requestId };
}

/** Somebody who shows no token. */
export function anonymousSubject(requestId: string): Subject {
  return { kind: 'anonymous', standing: 'none', scopes: [], roles: [], requestId };
}
