/**
 * What a token may be asked to be for; `policies/scopes.rego` says what each opens, and a test holds both together.
 * `*` is everything that its athlete may do.
 */
export const SCOPES = [
  '*',
  'account',
  'activity:read',
  'activity:write',
  'analyst',
  'audit',
  'club:read',
  'club:write',
  'follow:read',
  'follow:write',
  'moderation',
  'profile:read',
  'profile:write',
  'roles',
] as const;
