import { randomBytes } from 'node:crypto';
import { RestClient } from '../rest-client.js';

/** Registers somebody whom no other run of a bench knows. */
export async function newAthlete(url: string): Promise<RestClient> {
  const name = randomBytes(6).toString('hex');
  const account = {
    email: `${name}@bench.example`,
    password: randomBytes(12).toString('hex'),
    displayName: name,
  };
  return new RestClient(url).register(account);
}
