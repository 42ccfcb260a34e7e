import { z } from 'zod';
import {
  type Answer,
  type Call,
  created,
  Endpoint,
  file,
  noContent,
  ok,
} from '../../../api/http/endpoint.js';
import { NotFound } from '../../../api/http/problems.js';
import type { App } from '../../../api/wiring.js';
import { Sealed } from '../../../policies/sealed.js';

/** Ids that the test-only controller treats in its own way. */
export const RIDE = '0190b8a4-0000-7000-8000-000000000001';
export const MISSING = '0190b8a4-0000-7000-8000-000000000002';
export const SECRET = '0190b8a4-0000-7000-8000-000000000003';
export const BROKEN = '0190b8a4-0000-7000-8000-000000000004';

const RideKey = z.object({ rideId: z.uuid() });
const RideQuery = z.strictObject({
  points: z.coerce.number().int().optional(),
  channels: z.string().optional(),
});
const RideEdit = z.strictObject({
  name: z.string().max(20),
  laps: z.array(z.strictObject({ seconds: z.number() })).optional(),
});
const Anything = z.strictObject({ anything: z.unknown() });
const Ride = z.object({ rideId: z.string(), name: z.string() });

/** A test-only controller with every kind of answer. */
export class RidesController {
  constructor(private readonly app: App) {}

  @Endpoint('GET /v1/rides/{rideId}', {
    action: 'activity.read',
    decided: 'inside',
    summary: 'Read a ride',
    params: RideKey,
    query: RideQuery,
    answers: { 200: Ride },
  })
  async read({
    params: { rideId },
    query,
    subject,
  }: Call<{ params: typeof RideKey; query: typeof RideQuery }>): Promise<Answer> {
    if (rideId === MISSING) throw new NotFound('ride');
    const kind = rideId === SECRET ? 'secret' : 'ride';
    const name = `points: ${query.points}`;
    const sealed = new Sealed({ kind, id: rideId }, {}, () => ({ rideId, name }));
    return ok(this.app.access.open(subject, 'activity.read', sealed), { version: 7 });
  }

  // Declared after the route that its path also looks like.
  @Endpoint('GET /v1/rides/latest', {
    action: 'service.read',
    decided: 'atDoor',
    summary: 'Read the latest ride',
    answers: { 200: Ride },
  })
  async latest({ grant }: Call): Promise<Answer> {
    return ok({ rideId: 'latest', name: grant.action });
  }

  @Endpoint('PATCH /v1/rides/{rideId}', {
    action: 'activity.update',
    decided: 'atDoor',
    summary: 'Edit a ride',
    params: RideKey,
    body: RideEdit,
    answers: { 200: Ride },
  })
  async edit({
    params: { rideId },
    body,
    ifMatchVersion,
  }: Call<{ params: typeof RideKey; body: typeof RideEdit }>): Promise<Answer> {
    return ok({ rideId, name: `${body.name} from version ${ifMatchVersion}` }, { version: 8 });
  }

  @Endpoint('POST /v1/rides', {
    action: 'service.read',
    decided: 'atDoor',
    summary: 'Make a ride of anything',
    body: Anything,
    answers: { 201: Anything },
  })
  async make({ body }: Call<{ body: typeof Anything }>): Promise<Answer> {
    return created(body, '/v1/rides/1');
  }

  @Endpoint('DELETE /v1/rides/{rideId}', {
    action: 'activity.delete',
    decided: 'inside',
    summary: 'Delete a ride',
    params: RideKey,
    answers: { 204: null },
  })
  async delete({ params: { rideId } }: Call<{ params: typeof RideKey }>): Promise<Answer> {
    if (rideId === BROKEN) throw new Error('relation "rides" does not exist: SELECT secret FROM rides');
    return noContent();
  }

  @Endpoint('GET /v1/rides/{rideId}/original', {
    action: 'service.read',
    decided: 'inside',
    summary: 'Download a ride',
    params: RideKey,
    produces: 'application/octet-stream',
    answers: { 200: z.unknown() },
  })
  async original(): Promise<Answer> {
    return file(Buffer.from('FIT'), { contentType: 'application/octet-stream', fileName: 'März "1".fit' });
  }

  @Endpoint('POST /v1/rides/{rideId}/original', {
    action: 'service.read',
    decided: 'atDoor',
    summary: 'Upload a ride',
    params: RideKey,
    consumes: 'multipart/form-data',
    answers: { 200: z.object({ bytes: z.number() }) },
  })
  async upload({ request }: Call): Promise<Answer> {
    let bytes = 0;
    for await (const chunk of request) bytes += chunk.length;
    return ok({ bytes });
  }

  @Endpoint('GET /v1/forgotten', {
    action: 'service.read',
    decided: 'inside',
    summary: 'Forget to open a ride',
    answers: { 200: Ride },
  })
  async forgotten(): Promise<Answer> {
    return ok(new Sealed({ kind: 'ride', id: '1' }, {}, () => ({ name: 'a secret' })));
  }
}
