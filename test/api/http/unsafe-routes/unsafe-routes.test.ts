import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GET, Path } from 'typescript-rest';
import { z } from 'zod';
import { type Answer, type Call, Endpoint, noContent, ok } from '../../../../api/http/endpoint.js';
import { UnsafeRoute } from '../../../../api/http/routes.js';
import { buildServer } from '../../../../api/http/server.js';
import type { App } from '../../../../api/wiring.js';

const Key = z.object({ rideId: z.uuid() });
const Loose = z.object({ name: z.string(), laps: z.array(z.object({ seconds: z.number() })).optional() });

// typescript-rest knows the routes of a process in one list, so this file is alone in its folder.
class CarelessController {
  // The compiler refuses all of these; a cast stands for plain JavaScript and for habits.
  @Endpoint('GET /v1/a', { decided: 'atDoor', summary: 'Name no action', answers: { 204: null } } as never)
  async noAction(): Promise<Answer> {
    return noContent();
  }

  @Endpoint('GET /v1/b', {
    action: 'rides.steal' as 'feed.read',
    decided: 'atDoor',
    summary: 'Invent',
    answers: { 204: null },
  })
  async inventedAction(): Promise<Answer> {
    return noContent();
  }

  @Endpoint('GET /v1/c', { action: 'feed.read', decided: 'later' as 'atDoor', summary: '', answers: {} })
  async nothingSaid(): Promise<Answer> {
    return noContent();
  }

  @Endpoint('PUT /v1/d/{activityId}', {
    action: 'activity.update',
    decided: 'inside',
    summary: 'Mistake one thing for another',
    params: Key,
    body: Loose,
    answers: { 200: Loose },
    problems: ['no-such-problem' as 'bad-body'],
  })
  async otherName({ body }: Call<{ body: typeof Loose }>): Promise<Answer> {
    return ok(body);
  }

  @Endpoint('GET /v1/j', {
    action: 'feed.read',
    decided: 'public',
    summary: 'Read without a record',
    body: Loose.transform(({ name }) => name),
    answers: { 204: null },
  })
  async unrecorded(): Promise<Answer> {
    return noContent();
  }

  @Path('/v1/e')
  @GET
  bare(): string {
    return 'everyone may read this';
  }
}

class EmptyController {}

test('a server with unsafe routes does not start and lists all of them', () => {
  const build = () => buildServer({} as App, [CarelessController, EmptyController]);

  assert.throws(build, (error) => {
    assert.ok(error instanceof UnsafeRoute);
    assert.deepEqual(error.mistakes, [
      'GET /v1/a: the policy knows no action "undefined"',
      'GET /v1/b: the policy knows no action "rides.steal"',
      'GET /v1/c: does not say where it is decided',
      'GET /v1/c: has no summary',
      'GET /v1/c: declares no answer',
      'PUT /v1/d/{activityId}: has {activityId} in its path and {rideId} in its params',
      'PUT /v1/d/{activityId}: "no-such-problem" is no problem type',
      'PUT /v1/d/{activityId}: body.laps[] would drop unknown fields; make it a z.strictObject',
      'GET /v1/j: is public but reads more than the service',
      'GET /v1/j: takes a body, which GET has not',
      'GET /v1/j: body would drop unknown fields; make it a z.strictObject',
      'GET /v1/j: body.laps[] would drop unknown fields; make it a z.strictObject',
      'EmptyController: declares no route',
      'GET /v1/e: is served by typescript-rest but has no @Endpoint',
    ]);
    return true;
  });
});

test('the compiler holds a method against the shapes that are declared', () => {
  class Mistaken {
    // @ts-expect-error the method wants a body and none is declared
    @Endpoint('POST /v1/f', { action: 'feed.read', decided: 'atDoor', summary: 'f', answers: { 204: null } })
    async wantsBody({ body }: Call<{ body: typeof Loose }>): Promise<Answer> {
      return ok(body);
    }

    // @ts-expect-error the method reads another parameter than is declared
    @Endpoint('GET /v1/g/{rideId}', {
      action: 'feed.read',
      decided: 'atDoor',
      summary: 'g',
      params: Key,
      answers: { 204: null },
    })
    async wantsOther({ params }: Call<{ params: z.ZodObject<{ activityId: z.ZodUUID }> }>): Promise<Answer> {
      return ok(params);
    }

    // @ts-expect-error a method answers through ok, created, accepted, noContent or file
    @Endpoint('GET /v1/h', { action: 'feed.read', decided: 'atDoor', summary: 'h', answers: { 204: null } })
    async answersBare(): Promise<object> {
      return {};
    }

    // @ts-expect-error the policy knows no such action
    @Endpoint('GET /v1/i', { action: 'rides.steal', decided: 'atDoor', summary: 'i', answers: { 204: null } })
    async inventsAction(): Promise<Answer> {
      return noContent();
    }
  }
  assert.ok(Mistaken);
});
