import type { Target } from '../policies/access.js';
import { Sealed } from '../policies/sealed.js';
import { type OwnerFacts, ownerFacts, type StoredSharing, sharingOf, type Visibility } from './sharing.js';

/** What decides who may see an activity, as every query here returns it. */
export interface ActivityFacts extends OwnerFacts {
  readonly sharing: StoredSharing;
  /** Zones have changed since the activity was measured. */
  readonly zonesArePending: boolean;
  /** Who knows the time zone of the owner. */
  readonly timeZoneVisibility: Visibility;
}

/** What the policy is asked about, in a row of any query about activities. */
export type DecidedRow = ActivityFacts & { readonly activityId: string; readonly athleteId: string };

/** Seals what a row tells of an activity. */
export function sealedActivity<Content>(row: DecidedRow, content: () => Content): Sealed<Content> {
  const { resource, facts } = targetOf(row);
  return new Sealed(resource, facts, content);
}

/** The activity as the policy is asked about it. */
export function targetOf(row: DecidedRow): Target {
  const { activityId, athleteId, sharing, zonesArePending, timeZoneVisibility } = row;
  return {
    resource: { kind: 'activity', id: activityId, ownerId: athleteId },
    facts: { ...sharingOf(sharing), ...ownerFacts(row), zonesArePending, timeZoneVisibility },
  };
}
