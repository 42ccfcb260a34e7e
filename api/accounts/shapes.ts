import { z } from 'zod';
import { SCOPES } from '../../policies/scope-names.js';
import { DisplayName } from '../athletes/shapes.js';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from './passwords.js';

const MAX_EMAIL_LENGTH = 254; // RFC 5321

const Instant = z.iso.datetime().describe('UTC');

const Email = z
  .string()
  .normalize('NFC')
  .trim()
  .max(MAX_EMAIL_LENGTH)
  .regex(z.regexes.unicodeEmail, 'must be an e-mail address')
  .describe('An e-mail address; upper and lower case are the same');

const NewPassword = z
  .string()
  .min(MIN_PASSWORD_LENGTH)
  .max(MAX_PASSWORD_LENGTH)
  .describe('A passphrase is best; there are no rules beyond its length');

// What was once taken must stay enterable, and whatever else is entered is simply wrong.
const KnownPassword = z.string().min(1).max(MAX_PASSWORD_LENGTH);

export const Registration = z.strictObject({
  email: Email,
  password: NewPassword,
  displayName: DisplayName,
});

const Scopes = z
  .array(z.enum(SCOPES))
  .min(1)
  .max(SCOPES.length)
  .describe('What the tokens may be used for; without it, whatever you may do. A refresh can only narrow');

export const LogIn = z.strictObject({ email: Email, password: KnownPassword, scopes: Scopes.optional() });

/** What a client needs to act as an athlete. */
export const SessionTokens = z.object({
  athleteId: z.uuid(),
  sessionId: z.uuid(),
  accessToken: z.string().describe('For `Authorization: Bearer`'),
  expiresInSeconds: z.int().positive().describe('How long the access token is valid'),
  refreshToken: z.string().describe('Works once; a second use ends the session'),
  scopes: z.array(z.string()).describe('What the tokens may be used for; `*` is whatever you may do'),
});

export const RefreshRequest = z.strictObject({
  refreshToken: z.string().min(1).max(2_000),
  scopes: Scopes.optional(),
});

export const SessionKey = z.object({ sessionId: z.uuid() });

export const Sessions = z.object({
  items: z.array(
    z.object({
      sessionId: z.uuid(),
      isCurrent: z.boolean().describe('The session of the token that was sent'),
      createdAt: Instant,
      refreshedAt: Instant,
      expiresAt: Instant,
    }),
  ),
});

export const AccountView = z.object({
  athleteId: z.uuid(),
  email: z.string(),
  emailVerifiedAt: Instant.nullable(),
  isFindableByEmail: z.boolean().describe('Whoever knows the verified address finds the athlete by its hash'),
  createdAt: Instant,
});

/** What athletes may change of their account without their password. */
export const AccountEdit = z.strictObject({ isFindableByEmail: z.boolean() });

export const PasswordChange = z.strictObject({ currentPassword: KnownPassword, newPassword: NewPassword });

export const PasswordProof = z.strictObject({ password: KnownPassword });

export const ResetRequest = z.strictObject({ email: Email });

const LinkToken = z
  .string()
  .regex(/^[\w-]{43}$/, 'must be the part of the link behind the #')
  .describe('What the mailed link has behind its #');

export const ResetConfirmation = z.strictObject({ token: LinkToken, password: NewPassword });

export const VerificationConfirmation = z.strictObject({ token: LinkToken });
