import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { BadConfiguration, readConfig } from '../../../api/config.js';
import { rankingFor } from '../../../api/recommendations/ranking-shares.js';
import { type AthletesRanking, athletesRanking } from '../../../graph/recommended-athletes.js';
import { testSettings } from '../../support/app.js';

const plain = athletesRanking('athletes-to-follow');
const changed: AthletesRanking = { ...plain, version: 'changed' };
const shares = (ofChanged: number) => [
  { ranking: plain, share: 1 - ofChanged },
  { ranking: changed, share: ofChanged },
];
const versionFor = (athleteId: string, ofChanged: number, experiment = 'one') =>
  rankingFor(experiment, shares(ofChanged), athleteId).version;

test('as many athletes are shown a version as its share says', () => {
  const ids = Array.from({ length: 10_000 }, () => randomUUID());

  const count = ids.filter((id) => versionFor(id, 0.1) === 'changed').length;

  // Six standard deviations of a thousand out of ten thousand.
  assert.ok(Math.abs(count - 1_000) < 180, `${count}`);
});

test('a larger share keeps those who had the version, and another experiment mixes anew', () => {
  const ids = Array.from({ length: 1_000 }, () => randomUUID());
  const having = (ofChanged: number, experiment?: string) =>
    ids.filter((id) => versionFor(id, ofChanged, experiment) === 'changed');

  assert.deepEqual(
    having(0.2).filter((id) => !having(0.4).includes(id)),
    [],
  );
  assert.notDeepEqual(having(0.5), having(0.5, 'another'));
});

const refused: Readonly<Record<string, RegExp>> = {
  'athletes-to-follow=0.9': /add up to 0.9/,
  'athletes-to-follow=0.5,athletes-to-follow=0.5': /names a ranking twice/,
  'athletes-to-follow': /must look like/,
  'athletes-to-follow=2': /must look like/,
  '../people/path=1': /must look like/,
  'nobody-wrote-this=1': /there is no nobody-wrote-this.cypher/,
  'clubs-to-join=1': /clubs-to-join is .* and athletes-to-follow is/,
};

for (const [text, why] of Object.entries(refused)) {
  test(`refuses to start with the shares ${text}`, () => {
    assert.throws(
      () => readConfig({ ...testSettings(), RECOMMEND_ATHLETES_TO_FOLLOW: text }),
      (error: unknown) => error instanceof BadConfiguration && why.test(error.message),
    );
  });
}

test('all are shown the standard ranking when nothing else is said', () => {
  const { RECOMMEND_ATHLETES_TO_FOLLOW, RECOMMEND_CLUBS_TO_JOIN } = readConfig(testSettings());

  assert.deepEqual(RECOMMEND_ATHLETES_TO_FOLLOW, [{ ranking: plain, share: 1 }]);
  assert.deepEqual(
    RECOMMEND_CLUBS_TO_JOIN.map(({ ranking, share }) => [ranking.version, share]),
    [['clubs-to-join', 1]],
  );
});
