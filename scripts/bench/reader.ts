import { Agent, request } from 'node:http';
import type { RestClient } from '../rest-client.js';

/** Reads over one connection that stays open, and neither unpacks nor parses: what is measured is the server. */
export class Reader {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  /** @param client whose URL and token to use */
  constructor(private readonly client: RestClient) {}

  /** @returns the bytes of the answer, as they came; @throws when it is not 200 */
  get(path: string, encoding = 'identity'): Promise<Buffer> {
    const headers = { authorization: `Bearer ${this.client.accessToken}`, 'accept-encoding': encoding };
    return new Promise((resolve, reject) => {
      request(new URL(path, this.client.url), { agent: this.#agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const body = Buffer.concat(chunks);
          if (response.statusCode === 200) resolve(body);
          else reject(new Error(`${path} was answered with ${response.statusCode}: ${body}`));
        });
      })
        .on('error', reject)
        .end();
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
