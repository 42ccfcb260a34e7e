import { z } from 'zod';
import { AthleteSummaryView } from '../athletes/shapes.js';

/** As many as one question may hold: an address book comes in a few of them. */
const MAX_HASHES = 500;

const AddressHash = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/, 'must be a SHA-256 in base64url without padding')
  .describe(
    'base64url, without padding, of the SHA-256 of `paceline-contact-1:` and the address in lower case, in Unicode NFC, without spaces around it',
  );

/** Hashes of the addresses in an address book. */
export const ContactHashes = z.strictObject({ hashes: z.array(AddressHash).min(1).max(MAX_HASHES) });

/** Those of them who agreed to be found; which address is whose is not told. */
export const ContactsView = z.object({ items: z.array(AthleteSummaryView) });
