import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Answer, type Call, Endpoint, file, ok } from '../http/endpoint.js';
import { NotFound } from '../http/problems.js';
import { Tokens } from '../http/tokens.js';
import type { App } from '../wiring.js';
import { Jwks, OpenApiDocument } from './shapes.js';

const AssetKey = z.object({ asset: z.string().max(64) });

/** What describes the API: its document, a page to read it with, and the keys of its tokens. */
export class ReferenceController {
  readonly #jwks: object;
  readonly #assets = assets();
  readonly #document = readFileSync(new URL('../../../api/openapi.json', import.meta.url), 'utf8');

  constructor({ config, now }: App) {
    this.#jwks = new Tokens(config.TOKEN_KEYS, now).jwks();
  }

  @Endpoint('GET /.well-known/jwks.json', {
    action: 'service.read',
    decided: 'atDoor',
    summary: 'Public keys of access tokens',
    description: 'RFC 7517. New keys appear here before they sign.',
    answers: { 200: Jwks },
  })
  async jwks(): Promise<Answer> {
    return ok(this.#jwks);
  }

  @Endpoint('GET /openapi.json', {
    action: 'service.read',
    decided: 'atDoor',
    summary: 'This document',
    answers: { 200: OpenApiDocument },
  })
  async document(): Promise<Answer> {
    return file(this.#document, { contentType: 'application/json' });
  }

  @Endpoint('GET /reference', {
    action: 'service.read',
    decided: 'atDoor',
    summary: 'The API as a page to read and try',
    produces: 'text/html',
    answers: { 200: z.string() },
  })
  async page(): Promise<Answer> {
    return file(PAGE, { contentType: 'text/html; charset=utf-8' });
  }

  @Endpoint('GET /reference/{asset}', {
    action: 'service.read',
    decided: 'atDoor',
    summary: 'A part of the page',
    params: AssetKey,
    produces: '*/*',
    answers: { 200: z.string() },
  })
  async asset({ params }: Call<{ params: typeof AssetKey }>): Promise<Answer> {
    const asset = this.#assets.get(params.asset);
    if (!asset) throw new NotFound('part of the page');
    return file(asset.content, { contentType: asset.contentType });
  }
}

interface Asset {
  readonly content: Uint8Array | string;
  readonly contentType: string;
}

function assets(): ReadonlyMap<string, Asset> {
  const folder = import.meta.resolve('swagger-ui-dist/package.json');
  const packaged = (name: string, contentType: string): [string, Asset] => [
    name,
    { content: readFileSync(new URL(name, folder)), contentType },
  ];
  return new Map([
    packaged('swagger-ui.css', 'text/css; charset=utf-8'),
    packaged('swagger-ui-bundle.js', 'text/javascript; charset=utf-8'),
    packaged('favicon-32x32.png', 'image/png'),
    ['start.js', { content: START, contentType: 'text/javascript; charset=utf-8' }],
  ]);
}

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Paceline API</title>
<link rel="icon" href="/reference/favicon-32x32.png">
<link rel="stylesheet" href="/reference/swagger-ui.css">
</head>
<body>
<div id="reference"></div>
<script src="/reference/swagger-ui-bundle.js"></script>
<script src="/reference/start.js"></script>
</body>
</html>
`;

// A file of its own, so that the page needs no inline script.
const START = `SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  docExpansion: 'none',
  persistAuthorization: false,
  tryItOutEnabled: true,
  validatorUrl: null,
});
`;
