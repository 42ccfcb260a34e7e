import { v7 as uuidv7 } from 'uuid';
import type { Grant, Target } from '../policies/access.js';
import type { AthleteKey, MasterKey } from '../policies/keys.js';
import { Sealed } from '../policies/sealed.js';
import { lockAthletes } from './locks.js';
import { cypher, type Graph, type WriteTransaction } from './session.js';
import { refuseStale } from './stale-version.js';

/** Around what a zone hides: one place, or every start and end of the athlete's activities. */
export const ZONE_KINDS = ['place', 'ends'] as const;

/** A place that a zone hides, and how much around it, by a name that only the tracks understand. */
export interface HiddenPlace {
  readonly latitude: number;
  readonly longitude: number;
  /** Decided once, when the place became hidden. */
  readonly size: string;
}

/** What a zone holds; encrypted in the graph. */
export interface ZoneContent {
  readonly kind: (typeof ZONE_KINDS)[number];
  readonly name: string | null;
  /** What the athlete asked for; a place may be hidden by more. */
  readonly size: string;
  /** The one place, or the starts and ends that stand for those near them. */
  readonly places: readonly HiddenPlace[];
}

/** A privacy zone. */
export interface PrivacyZone extends ZoneContent {
  readonly zoneId: string;
  readonly createdAt: Date;
  readonly version: number;
}

/** How many zones one athlete may have; each is looked at for each activity. */
export const ZONES_PER_ATHLETE = 20;

/** Somebody has as many zones as one can. */
export class TooManyZones extends Error {
  override name = 'TooManyZones';
  readonly problem = 'too-many-privacy-zones';
  readonly fields = { limit: ZONES_PER_ATHLETE };
}

/** Starts and ends are hidden already. */
export class EndsHiddenAlready extends Error {
  override name = 'EndsHiddenAlready';
  readonly problem = 'ends-hidden-already';
}

/** All zones of an athlete as they are in the graph. */
export interface ZonesRow {
  readonly ownerStanding: 'active' | 'suspended';
  /** Grows with each write to a zone. */
  readonly zonesVersion: number;
  readonly wrappedKey: Uint8Array | null;
  readonly zones: readonly StoredZone[];
}

interface StoredZone {
  readonly zoneId: string;
  readonly content: Uint8Array;
  readonly createdAt: Date;
  readonly version: number;
}

const ofAthlete = cypher<{ athleteId: string }, ZonesRow>('privacy-zones/of-athlete.cypher');
const save = cypher<
  { athleteId: string; zoneId: string; content: Uint8Array; now: Date },
  { version: number }
>('privacy-zones/save.cypher');
const remove = cypher<{ athleteId: string; zoneId: string }, object>('privacy-zones/delete.cypher');
const countWrite = cypher<{ athleteId: string; concernsActivities: boolean }, { zonesVersion: number }>(
  'privacy-zones/count-write.cypher',
);

/** All zones of an athlete, oldest first; undefined when there is no such athlete. */
export async function zonesOfAthlete(
  graph: Graph,
  masterKey: MasterKey,
  athleteId: string,
): Promise<readonly Sealed<PrivacyZone>[] | undefined> {
  const [row] = await graph.query(ofAthlete, { athleteId });
  return row?.zones.map((zone) => {
    const { resource, facts } = zoneTarget(athleteId, zone.zoneId, row);
    return new Sealed(resource, facts, () => openedZone(zone, keyOf(masterKey, athleteId, row), athleteId));
  });
}

/** Zones as they are in force, and the version that tells whether they still are. */
export interface ZonesInForce {
  readonly zonesVersion: number;
  readonly zones: readonly PrivacyZone[];
}

/**
 * The zones of an athlete, for measuring activities.
 *
 * @param grant for `upload.process` or `privacyZone.apply`
 */
export async function zonesInForce(
  graph: Graph,
  grant: Grant,
  { athleteId, key }: { readonly athleteId: string; readonly key: AthleteKey },
): Promise<ZonesInForce> {
  grant.assertFor('upload.process', 'privacyZone.apply');
  const [row] = await graph.execute(ofAthlete, { athleteId });
  if (!row) return { zonesVersion: 0, zones: [] };
  return {
    zonesVersion: row.zonesVersion,
    zones: row.zones.map((zone) => openedZone(zone, key, athleteId)),
  };
}

/** A change of zones that an athlete makes. */
interface ZoneWrite {
  readonly athleteId: string;
  readonly masterKey: MasterKey;
  readonly now: Date;
}

/**
 * Makes a zone; all activities are due to be measured again.
 *
 * @returns false when there is no such athlete any more
 * @throws {TooManyZones | EndsHiddenAlready}
 */
export async function createZone(
  graph: Graph,
  decide: (target: Target) => Grant,
  { zoneId, content, ...write }: ZoneWrite & { readonly zoneId: string; readonly content: ZoneContent },
): Promise<boolean> {
  return withZones(graph, write, async (transaction, row, key) => {
    decide(zoneTarget(write.athleteId, zoneId, row)).assertFor('privacyZone.create');
    if (row.zones.some((zone) => zone.zoneId === zoneId)) return true; // made by a run whose answer was lost
    if (row.zones.length >= ZONES_PER_ATHLETE) throw new TooManyZones();
    const zones = row.zones.map((zone) => openedZone(zone, key, write.athleteId));
    if (content.kind === 'ends' && zones.some(({ kind }) => kind === 'ends')) throw new EndsHiddenAlready();
    await saveContent(transaction, { ...write, zoneId, content, key });
    await noteChange(transaction, write.athleteId);
    return true;
  });
}

/**
 * Changes a zone.
 *
 * @param contentOf what it holds from now on; called with what it holds under the lock
 * @returns false when there is no such zone
 * @throws {StaleVersion} also when the zone changed since `contentOf` was prepared for `expectedVersion`
 */
export async function changeZone(
  graph: Graph,
  decide: (target: Target) => Grant,
  change: ZoneWrite & {
    readonly zoneId: string;
    readonly expectedVersion: number | undefined;
    readonly contentOf: (zone: PrivacyZone) => ZoneContent;
  },
): Promise<boolean> {
  const { zoneId, athleteId, expectedVersion, contentOf, ...write } = change;
  return withZones(graph, { athleteId, ...write }, async (transaction, row, key) => {
    const stored = row.zones.find((zone) => zone.zoneId === zoneId);
    if (!stored) return false;
    decide(zoneTarget(athleteId, zoneId, row)).assertFor('privacyZone.update');
    refuseStale(expectedVersion, stored.version);
    const zone = openedZone(stored, key, athleteId);
    const content = contentOf(zone);
    await saveContent(transaction, { ...write, athleteId, zoneId, content, key });
    const isElsewhere =
      JSON.stringify([content.size, content.places]) !== JSON.stringify([zone.size, zone.places]);
    if (isElsewhere) await noteChange(transaction, athleteId);
    else await transaction.run(countWrite, { athleteId, concernsActivities: false });
    return true;
  });
}

/**
 * Deletes a zone; all activities are due to be measured again.
 *
 * @returns false when there is no such zone
 * @throws {StaleVersion}
 */
export async function deleteZone(
  graph: Graph,
  decide: (target: Target) => Grant,
  write: ZoneWrite & { readonly zoneId: string; readonly expectedVersion: number | undefined },
): Promise<boolean> {
  const { zoneId, athleteId, expectedVersion } = write;
  return withZones(graph, write, async (transaction, row) => {
    const stored = row.zones.find((zone) => zone.zoneId === zoneId);
    if (!stored) return false;
    decide(zoneTarget(athleteId, zoneId, row)).assertFor('privacyZone.delete');
    refuseStale(expectedVersion, stored.version);
    await transaction.run(remove, { athleteId, zoneId });
    await noteChange(transaction, athleteId);
    return true;
  });
}

/**
 * Notes starts and ends that became hidden, under the lock of the athlete. Earlier activities stay as they are.
 *
 * @param grant for `upload.process` or `privacyZone.apply`
 * @returns false, and nothing is noted, when the zones have changed since `zonesVersion`
 */
export async function noteEnds(
  graph: Graph,
  grant: Grant,
  {
    zonesVersion,
    zone,
    ends,
    ...write
  }: {
    readonly athleteId: string;
    readonly key: AthleteKey;
    readonly now: Date;
    readonly zonesVersion: number;
    readonly zone: PrivacyZone;
    readonly ends: readonly HiddenPlace[];
  },
): Promise<boolean> {
  grant.assertFor('upload.process', 'privacyZone.apply');
  const { athleteId, key, now } = write;
  return graph.write(async (transaction) => {
    await lockAthletes(transaction, athleteId);
    const [row] = await transaction.run(ofAthlete, { athleteId });
    if (!row || row.zonesVersion !== zonesVersion) return false;
    const { kind, name, size, places } = zone;
    // The oldest first: beyond the limit an end stands for itself, wherever it is.
    const content = { kind, name, size, places: [...places, ...ends].slice(0, ENDS_PER_ZONE) };
    await saveContent(transaction, { athleteId, zoneId: zone.zoneId, content, key, now });
    await transaction.run(countWrite, { athleteId, concernsActivities: false });
    return true;
  });
}

/** How many starts and ends are kept; hardly anybody has as many. */
export const ENDS_PER_ZONE = 500;

async function withZones(
  graph: Graph,
  { athleteId, masterKey }: ZoneWrite,
  work: (transaction: WriteTransaction, row: ZonesRow, key: AthleteKey) => Promise<boolean>,
): Promise<boolean> {
  return graph.write(async (transaction) => {
    await lockAthletes(transaction, athleteId);
    const [row] = await transaction.run(ofAthlete, { athleteId });
    if (!row?.wrappedKey) return false;
    return work(transaction, row, keyOf(masterKey, athleteId, row));
  });
}

async function saveContent(
  transaction: WriteTransaction,
  zone: {
    readonly athleteId: string;
    readonly zoneId: string;
    readonly content: ZoneContent;
    readonly key: AthleteKey;
    readonly now: Date;
  },
): Promise<void> {
  const { athleteId, zoneId, key, now } = zone;
  const { kind, name, size, places } = zone.content;
  const text = JSON.stringify({ kind, name, size, places });
  const content = key.encryptText(text, contentPlace(athleteId, zoneId));
  await transaction.run(save, { athleteId, zoneId, content, now });
}

async function noteChange(transaction: WriteTransaction, athleteId: string): Promise<void> {
  await transaction.run(countWrite, { athleteId, concernsActivities: true });
  await transaction.emit({
    eventId: uuidv7(),
    type: 'privacyZones.changed',
    key: `zones:${athleteId}`,
    payload: { athleteId },
  });
}

function openedZone({ content, ...zone }: StoredZone, key: AthleteKey, athleteId: string): PrivacyZone {
  const held: ZoneContent = JSON.parse(key.decryptText(content, contentPlace(athleteId, zone.zoneId)));
  return { ...zone, ...held };
}

function zoneTarget(athleteId: string, zoneId: string, { ownerStanding }: ZonesRow): Target {
  return { resource: { kind: 'privacyZone', id: zoneId, ownerId: athleteId }, facts: { ownerStanding } };
}

function keyOf(masterKey: MasterKey, athleteId: string, { wrappedKey }: ZonesRow): AthleteKey {
  return masterKey.unwrap(athleteId, wrappedKey ?? new Uint8Array());
}

const contentPlace = (athleteId: string, zoneId: string) =>
  ({ athleteId, table: 'PrivacyZone', column: 'content', row: zoneId }) as const;
