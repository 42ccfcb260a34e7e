import { randomBytes } from 'node:crypto';
import { upload } from '../../../support/uploads.js';
import type { Row } from './row.js';

const RIDE = { name: 'Loop', sport: 'ride', startedAt: '2026-03-01T08:00:00Z', elapsedSeconds: 60 };
const newAddress = () => `${randomBytes(9).toString('hex')}@example.org`;

/** What anybody has of their own, or nobody in particular; the ids are of things of the caller. */
export const OWN_ROWS: Readonly<Record<string, Row>> = {
  'GET /v1/accounts/me': {
    actions: ['account.read'],
    ask: (client) => client.get('/v1/accounts/me'),
  },
  'PATCH /v1/accounts/me': {
    actions: ['account.update'],
    ask: (client) => client.patch('/v1/accounts/me', { isFindableByEmail: false }),
  },
  'GET /v1/sessions': { actions: ['account.read'], ask: (client) => client.get('/v1/sessions') },
  'POST /v1/email-verifications': {
    actions: ['account.read'],
    ask: (client) => client.post('/v1/email-verifications'),
  },
  'GET /v1/athletes/me': {
    actions: ['athlete.read'],
    needsSomebody: true,
    ask: (client) => client.get('/v1/athletes/me'),
  },
  'PATCH /v1/athletes/me': {
    actions: ['athlete.update'],
    ask: (client) => client.patch('/v1/athletes/me', { sex: null }),
  },
  'POST /v1/activities': {
    actions: ['activity.create'],
    ask: (client) => client.post('/v1/activities', RIDE),
  },
  'POST /v1/uploads': {
    actions: ['upload.create'],
    ask: (client) => upload(client, 'empty.gpx', '<gpx/>'),
  },
  'GET /v1/uploads': { actions: ['upload.read'], ask: (client) => client.get('/v1/uploads') },
  'GET /v1/athletes/me/privacy-zones': {
    actions: ['privacyZone.list'],
    ask: (client) => client.get('/v1/athletes/me/privacy-zones'),
  },
  'POST /v1/athletes/me/privacy-zones': {
    actions: ['privacyZone.create'],
    ask: (client) =>
      client.post('/v1/athletes/me/privacy-zones', { kind: 'place', position: [0, 0], size: 'small' }),
  },
  'GET /v1/follow-requests': {
    actions: ['followRequest.list'],
    ask: (client) => client.get('/v1/follow-requests'),
  },
  'PUT /v1/follow-requests/{athleteId}': {
    actions: ['followRequest.accept'],
    ask: (client, { askerId }) => client.put(`/v1/follow-requests/${askerId}`),
  },
  'DELETE /v1/follow-requests/{athleteId}': {
    actions: ['followRequest.decline'],
    ask: (client, { askerId }) => client.delete(`/v1/follow-requests/${askerId}`),
  },
  'DELETE /v1/athletes/me/followers/{athleteId}': {
    actions: ['follower.remove'],
    ask: (client, { askerId }) => client.delete(`/v1/athletes/me/followers/${askerId}`),
  },
  'GET /v1/blocks': { actions: ['block.list'], ask: (client) => client.get('/v1/blocks') },
  'GET /v1/athletes/me/mutes': {
    actions: ['mute.list'],
    ask: (client) => client.get('/v1/athletes/me/mutes'),
  },
  'POST /v1/clubs': {
    actions: ['club.create'],
    ask: (client) => client.post('/v1/clubs', { name: 'Own', visibility: 'secret' }),
  },
  'GET /v1/clubs': { actions: ['club.search'], ask: (client) => client.get('/v1/clubs?sport=ride') },
  'GET /v1/recommendations/daily': {
    actions: ['recommendation.list'],
    ask: (client) => client.get('/v1/recommendations/daily'),
  },
  'GET /v1/athletes/me/clubs-nearby': {
    actions: ['club.suggest'],
    ask: (client) => client.get('/v1/athletes/me/clubs-nearby'),
  },
};

/** Doors that nobody has to log in for. */
export const DOOR_ROWS: Readonly<Record<string, Row>> = {
  'GET /links/{page}': { actions: ['service.read'], ask: (client) => client.get('/links/verify-email') },
  'GET /health/live': { actions: ['service.read'], ask: (client) => client.get('/health/live') },
  'GET /health/ready': { actions: ['service.read'], ask: (client) => client.get('/health/ready') },
  'GET /.well-known/jwks.json': {
    actions: ['service.read'],
    ask: (client) => client.get('/.well-known/jwks.json'),
  },
  'GET /openapi.json': { actions: ['service.read'], ask: (client) => client.get('/openapi.json') },
  'GET /reference': { actions: ['service.read'], ask: (client) => client.get('/reference') },
  'GET /reference/{asset}': {
    actions: ['service.read'],
    ask: (client) => client.get('/reference/swagger-ui.css'),
  },
  'POST /v1/athletes': {
    actions: ['account.register'],
    ask: (client) =>
      client.post('/v1/athletes', { email: newAddress(), password: 'a long passphrase', displayName: 'New' }),
  },
  'POST /v1/password-resets': {
    actions: ['account.requestReset'],
    ask: (client) => client.post('/v1/password-resets', { email: newAddress() }),
  },
  'POST /v1/email-verifications/confirm': {
    actions: ['account.verifyEmail'],
    ask: (client, { verifyToken }) => client.post('/v1/email-verifications/confirm', { token: verifyToken }),
  },
  'POST /v1/sessions': {
    actions: ['session.create'],
    ask: (client, { email, password }) => client.post('/v1/sessions', { email, password }),
  },
  'POST /v1/sessions/refresh': {
    actions: ['session.refresh'],
    ask: (client, { refreshToken }) => client.post('/v1/sessions/refresh', { refreshToken }),
  },
  // It ends the sessions of the account, so it comes last.
  'POST /v1/password-resets/confirm': {
    actions: ['account.resetPassword'],
    ask: (client, { resetToken }) =>
      client.post('/v1/password-resets/confirm', { token: resetToken, password: 'another passphrase' }),
  },
};

/** Which sessions somebody ends; each caller has some to spare. */
export const SESSION_ROWS = {
  'DELETE /v1/sessions/{sessionId}': {
    actions: ['session.end'],
    ask: (client, { sessionId }) => client.delete(`/v1/sessions/${sessionId}`),
  },
  'DELETE /v1/sessions/current': {
    actions: ['session.end'],
    owns: 'own',
    ask: (client) => client.delete('/v1/sessions/current'),
  },
} as const satisfies Readonly<Record<string, Row>>;

/** What an athlete proves with the password, and does last. */
export const LAST_ROWS: Readonly<Record<string, Row>> = {
  'POST /v1/accounts/me/password': {
    actions: ['account.changePassword'],
    ask: (client, { password }) =>
      client.post('/v1/accounts/me/password', { currentPassword: password, newPassword: password }),
  },
  'DELETE /v1/athletes/me': {
    actions: ['account.delete'],
    ask: (client, { password }) => client.delete('/v1/athletes/me', { password }),
  },
};
