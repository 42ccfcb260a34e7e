import { z } from 'zod';
import { ZONE_KINDS } from '../../graph/privacy-zones.js';
import { ZONE_SIZES } from '../../timeseries/tracks/hidden-shapes.js';

const MAX_NAME_LENGTH = 100;

const Name = z.string().trim().min(1).max(MAX_NAME_LENGTH);
const Position = z
  .tuple([z.number().min(-90).max(90), z.number().min(-180).max(180)])
  .describe('Latitude and longitude in degrees');
const Size = z
  .enum(['small', 'medium', 'large'])
  .describe(
    'At least so much: some 0.6, 0.8 or 1.3 km around; more where few ways lead out, and 1.8 km where too few are known',
  );

export const PrivacyZoneKey = z.object({ zoneId: z.uuid() });

/** Around one place, or around every start and end. */
export const NewPrivacyZone = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('place'),
    name: Name.optional(),
    position: Position,
    size: Size.optional(),
  }),
  z.strictObject({ kind: z.literal('ends'), name: Name.optional(), size: Size.optional() }),
]);

export const PrivacyZoneEdit = z.strictObject({
  name: Name.nullable().optional(),
  position: Position.optional().describe('Of a place alone'),
  size: Size.optional(),
});

/** A privacy zone as its athlete sees it; nobody else ever does. */
export const PrivacyZoneView = z.object({
  zoneId: z.uuid(),
  kind: z.enum(ZONE_KINDS),
  name: z.string().nullable(),
  position: Position.nullable().describe('Null for starts and ends'),
  size: z.enum(ZONE_SIZES).describe('What was asked for'),
  hiddenSize: z
    .enum(ZONE_SIZES)
    .nullable()
    .describe(
      'How much is hidden, decided when the zone was made; null for starts and ends, each has its own',
    ),
  hides: z
    .object({
      activityCount: z.int().min(0),
      distanceMeters: z.number().min(0),
    })
    .describe('From others, in your newest 5,000 activities that are cut'),
  pendingCount: z
    .int()
    .min(0)
    .describe(
      'Activities that are still to be measured again; until then nobody else sees their map and totals',
    ),
  unreadableCount: z
    .int()
    .min(0)
    .describe(
      'Activities that cannot be measured again, for their recordings cannot be read: nobody else sees their map and totals',
    ),
  createdAt: z.iso.datetime().describe('UTC'),
});

export const PrivacyZones = z.object({ items: z.array(PrivacyZoneView) });
