import type { z } from 'zod';
import {
  changeZone,
  createZone,
  deleteZone,
  type PrivacyZone,
  type ZoneContent,
  zonesOfAthlete,
} from '../../graph/privacy-zones.js';
import { StaleVersion } from '../../graph/stale-version.js';
import { type HiddenByZones, hiddenByZones } from '../../graph/whole-activities.js';
import type { Subject, Target } from '../../policies/access.js';
import type { Action } from '../../policies/actions.js';
import { callerId } from '../http/caller.js';
import { type Answer, type Call, created, Endpoint, noContent, ok } from '../http/endpoint.js';
import { BadBody, NotFound } from '../http/problems.js';
import type { App } from '../wiring.js';
import { hiddenPlace } from './hidden-place.js';
import { NewPrivacyZone, PrivacyZoneEdit, PrivacyZoneKey, PrivacyZones, PrivacyZoneView } from './shapes.js';

type OfZone = Call<{ params: typeof PrivacyZoneKey }>;

export class PrivacyZonesController {
  constructor(private readonly app: App) {}

  @Endpoint('GET /v1/athletes/me/privacy-zones', {
    action: 'privacyZone.list',
    decided: 'inside',
    summary: 'List your privacy zones',
    description: 'With how much each hides. There are twenty at most.',
    answers: { 200: PrivacyZones },
  })
  async list({ subject }: Call): Promise<Answer> {
    const { zones, hidden } = await this.#zones(subject, 'privacyZone.list');
    return ok({ items: zones.map((zone) => zoneView(zone, hidden)) });
  }

  @Endpoint('POST /v1/athletes/me/privacy-zones', {
    action: 'privacyZone.create',
    decided: 'inside',
    summary: 'Hide a place, or every start and end',
    description:
      'From now on others see no map and no totals of your activities until they were measured again without what is hidden, which takes seconds to minutes. The hidden part is no circle around the place, and the same in all activities.',
    body: NewPrivacyZone,
    answers: { 201: PrivacyZoneView },
    problems: ['too-many-privacy-zones', 'ends-hidden-already'],
  })
  async create({ subject, body, idOf }: Call<{ body: typeof NewPrivacyZone }>): Promise<Answer> {
    const { graph, masterKey, now } = this.app;
    const [athleteId, zoneId] = [callerId(subject), idOf('zone')];
    const isDone = await createZone(graph, this.#decide(subject, 'privacyZone.create'), {
      athleteId,
      masterKey,
      now: now(),
      zoneId,
      content: await this.#newContent(athleteId, body),
    });
    if (!isDone) throw new NotFound('athlete');
    const { view, version } = await this.#read(subject, zoneId);
    return created(view, `/v1/athletes/me/privacy-zones/${zoneId}`, { version });
  }

  @Endpoint('GET /v1/athletes/me/privacy-zones/{zoneId}', {
    action: 'privacyZone.read',
    decided: 'inside',
    summary: 'Read a privacy zone',
    params: PrivacyZoneKey,
    answers: { 200: PrivacyZoneView },
  })
  async read({ subject, params }: OfZone): Promise<Answer> {
    const { view, version } = await this.#read(subject, params.zoneId);
    return ok(view, { version });
  }

  @Endpoint('PATCH /v1/athletes/me/privacy-zones/{zoneId}', {
    action: 'privacyZone.update',
    decided: 'inside',
    summary: 'Change a privacy zone',
    description: 'Null clears the name. Another place or size counts like a new zone.',
    params: PrivacyZoneKey,
    body: PrivacyZoneEdit,
    answers: { 200: PrivacyZoneView },
    problems: ['stale-version'],
  })
  async update(call: Call<{ params: typeof PrivacyZoneKey; body: typeof PrivacyZoneEdit }>): Promise<Answer> {
    const { subject, params } = call;
    while (!(await this.#change(call))) {
      // Somebody else was quicker: what the caller left out is as they left it.
    }
    const { view, version } = await this.#read(subject, params.zoneId);
    return ok(view, { version });
  }

  /** False when the zone changed since it was read, which matters to nobody who names no version. */
  async #change({
    subject,
    params,
    body,
    ifMatchVersion,
  }: Call<{ params: typeof PrivacyZoneKey; body: typeof PrivacyZoneEdit }>): Promise<boolean> {
    const { graph, masterKey, now } = this.app;
    const athleteId = callerId(subject);
    const { zones } = await this.#zones(subject, 'privacyZone.read');
    const zone = zones.find(({ zoneId }) => zoneId === params.zoneId);
    if (!zone) throw new NotFound('privacy zone');
    const content = await this.#changedContent(athleteId, zone, body);
    try {
      const isDone = await changeZone(graph, this.#decide(subject, 'privacyZone.update'), {
        ...params,
        athleteId,
        masterKey,
        now: now(),
        expectedVersion: ifMatchVersion ?? zone.version,
        // Ends may have been noted since; who asked for no other size keeps them.
        contentOf: ({ places }) => (zone.kind === 'ends' && !body.size ? { ...content, places } : content),
      });
      if (!isDone) throw new NotFound('privacy zone');
      return true;
    } catch (error) {
      if (error instanceof StaleVersion && ifMatchVersion === undefined) return false;
      throw error;
    }
  }

  @Endpoint('DELETE /v1/athletes/me/privacy-zones/{zoneId}', {
    action: 'privacyZone.delete',
    decided: 'inside',
    summary: 'Delete a privacy zone',
    description: 'What it hid is seen again once your activities were measured anew.',
    params: PrivacyZoneKey,
    answers: { 204: null },
    problems: ['stale-version'],
  })
  async remove({ subject, params, ifMatchVersion }: OfZone): Promise<Answer> {
    const { graph, masterKey, now } = this.app;
    const isDone = await deleteZone(graph, this.#decide(subject, 'privacyZone.delete'), {
      ...params,
      athleteId: callerId(subject),
      masterKey,
      now: now(),
      expectedVersion: ifMatchVersion,
    });
    if (!isDone) throw new NotFound('privacy zone');
    return noContent();
  }

  #decide(subject: Subject, action: Action) {
    return (target: Target) => this.app.access.require(subject, action, target);
  }

  async #zones(subject: Subject, action: 'privacyZone.list' | 'privacyZone.read') {
    const { access, graph, masterKey } = this.app;
    const athleteId = callerId(subject);
    const [sealed, sums] = await Promise.all([
      zonesOfAthlete(graph, masterKey, athleteId),
      hiddenByZones(graph, masterKey, athleteId),
    ]);
    if (!sealed || !sums) throw new NotFound('athlete');
    return { zones: access.openEach(subject, action, sealed), hidden: access.open(subject, action, sums) };
  }

  async #read(subject: Subject, zoneId: string): Promise<{ view: object; version: number }> {
    const { zones, hidden } = await this.#zones(subject, 'privacyZone.read');
    const zone = zones.find((each) => each.zoneId === zoneId);
    if (!zone) throw new NotFound('privacy zone');
    return { view: zoneView(zone, hidden), version: zone.version };
  }

  async #newContent(athleteId: string, body: z.output<typeof NewPrivacyZone>): Promise<ZoneContent> {
    const { kind, name = null, size = 'medium' } = body;
    if (body.kind === 'ends') return { kind, name, size, places: [] };
    return { kind, name, size, places: [await hiddenPlace(this.app, athleteId, body.position, size)] };
  }

  async #changedContent(
    athleteId: string,
    zone: PrivacyZone,
    { name = zone.name, position, size }: z.output<typeof PrivacyZoneEdit>,
  ): Promise<ZoneContent> {
    if (position && zone.kind === 'ends') {
      throw new BadBody([{ path: 'position', message: 'must be left out: starts and ends have none' }]);
    }
    const wanted = size ?? zone.size;
    const { kind, places } = zone;
    if (!position && wanted === zone.size) return { kind, name, size: wanted, places };
    const [place] = places;
    // Ends are found again, each with its own size.
    if (kind === 'ends' || !place) return { kind, name, size: wanted, places: [] };
    const at = position ?? ([place.latitude, place.longitude] as const);
    return { kind, name, size: wanted, places: [await hiddenPlace(this.app, athleteId, at, wanted)] };
  }
}

function zoneView(zone: PrivacyZone, { byZone, pendingCount, unreadableCount }: HiddenByZones): object {
  const { zoneId, kind, name, size, places, createdAt } = zone;
  const [place] = kind === 'place' ? places : [];
  const { activityCount, distanceMeters } = byZone[zoneId] ?? { activityCount: 0, distanceMeters: 0 };
  return {
    zoneId,
    kind,
    name,
    position: place ? [place.latitude, place.longitude] : null,
    size,
    hiddenSize: place?.size ?? null,
    hides: { activityCount, distanceMeters: Math.round(distanceMeters) },
    pendingCount,
    unreadableCount,
    createdAt,
  };
}
