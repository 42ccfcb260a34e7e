import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/**
 * The demo's own keys, made on its first run and kept beside its data, which is unreadable without them.
 *
 * @param {string} file readable by this user only
 * @returns {{ storesPassword: string, environment: Record<string, string> }} the password of all three stores, and
 *   keys named as the API's configuration names them
 */
export function demoSecrets(file) {
  const fresh = newSecrets();
  const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : fresh;
  // A later version may need a key that an earlier one did not make.
  const secrets = { ...kept, environment: { ...fresh.environment, ...kept.environment } };
  // Moved to its place when whole: half a file of keys would lock the data up for good.
  writeFileSync(`${file}.draft`, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  renameSync(`${file}.draft`, file);
  return secrets;
}

function newSecrets() {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    storesPassword: randomBytes(18).toString('base64url'),
    environment: {
      MASTER_KEY: randomBytes(32).toString('base64'),
      EMAIL_KEY: randomBytes(32).toString('base64'),
      AUDIT_SIGNING_KEY: randomBytes(32).toString('base64'),
      TOKEN_KEYS: JSON.stringify([{ ...privateKey.export({ format: 'jwk' }), kid: randomUUID() }]),
    },
  };
}
