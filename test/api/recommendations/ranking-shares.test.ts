import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { BadConfiguration, readConfig } from '../../../api/config.js';
import { rankingFor, rankingShares } from '../../../api/recommendations/ranking-shares.js';
import { type AthletesRanking, athletesRanking } from '../../../graph/recommended-athletes.js';
import { testSettings } from '../../support/app.js';

const plain = athletesRanking('athletes-to-follow');
const changed: AthletesRanking = { ...plain, version: 'changed' };
const shares = (ofChanged: number) => [
  { ranking: plain, share: 1 - ofChanged },
  { ranking: changed, share: ofChanged },
];
const parsed = (text: string) =>
  rankingShares('first', (version): AthletesRanking => ({ ...plain, version })).parse(text);
const versionFor = (athleteId: string, ofChanged: number, experiment = 'one') =>
  rankingFor(experiment, shares(ofChanged), athleteId).version;

test('as many athletes are shown a version as its share says', () => {
  const ids = Array.from({ length: 10_000 }, () => randomUUID());
  const parts = parsed('first=0.7,second=0.2,third=0.1');

  const count = (version: string) =>
    ids.filter((id) => rankingFor('one', parts, id).version === version).length;

  // Six standard deviations, or more, of each.
  assert.ok(Math.abs(count('first') - 7_000) < 280, `${count('first')}`);
  assert.ok(Math.abs(count('second') - 2_000) < 240, `${count('second')}`);
  assert.ok(Math.abs(count('third') - 1_000) < 180, `${count('third')}`);
});

test('whoever is behind the last border is shown the last version', () => {
  const none = shares(0).map(({ ranking }) => ({ ranking, share: 0 }));

  assert.equal(rankingFor('one', none, randomUUID()).version, 'changed');
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

test('shares may stand with spaces and without a zero, and may add up to a hair below 1', () => {
  const written = parsed('first=.7, second=0.2 ,third=0.1').map(({ ranking, share }) => [
    ranking.version,
    share,
  ]);

  assert.deepEqual(written, [
    ['first', 0.7],
    ['second', 0.2],
    ['third', 0.1],
  ]);
  assert.ok(0.7 + 0.2 + 0.1 < 1);
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
