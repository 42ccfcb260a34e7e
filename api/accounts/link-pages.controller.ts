import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Answer, type Call, Endpoint, file } from '../http/endpoint.js';

const CONTENT_TYPES = {
  'verify-email': 'text/html; charset=utf-8',
  'reset-password': 'text/html; charset=utf-8',
  'link.js': 'text/javascript; charset=utf-8',
  'link.css': 'text/css; charset=utf-8',
} as const;

const PageKey = z.object({
  page: z.enum(['verify-email', 'reset-password', 'link.js', 'link.css']),
});

/** The pages that mailed links open. They do nothing by themselves: a press of a button calls the API. */
export class LinkPagesController {
  readonly #pages = {
    'verify-email': readPage('verify-email.html'),
    'reset-password': readPage('reset-password.html'),
    'link.js': readPage('link.js'),
    'link.css': readPage('link.css'),
  };

  @Endpoint('GET /links/{page}', {
    action: 'service.read',
    decided: 'atDoor',
    summary: 'A page that a mailed link opens, or a part of it',
    params: PageKey,
    produces: '*/*',
    answers: { 200: z.string() },
  })
  async page({ params }: Call<{ params: typeof PageKey }>): Promise<Answer> {
    return file(this.#pages[params.page], { contentType: CONTENT_TYPES[params.page] });
  }
}

function readPage(name: string): string {
  return readFileSync(new URL(`../../../api/accounts/pages/${name}`, import.meta.url), 'utf8');
}
