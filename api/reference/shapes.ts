import { z } from 'zod';

/** The public keys of access tokens, RFC 7517. */
export const Jwks = z.object({
  keys: z.array(
    z.object({
      kid: z.string(),
      kty: z.literal('EC'),
      crv: z.literal('P-256'),
      x: z.string(),
      y: z.string(),
      alg: z.literal('ES256'),
      use: z.literal('sig'),
    }),
  ),
});

/** An OpenAPI 3.1 document; its own specification says what is in it. */
export const OpenApiDocument = z.looseObject({ openapi: z.string() });
