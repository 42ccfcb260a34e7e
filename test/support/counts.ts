/**
 * How many random cases a test takes: few in `npm test`, many in `npm run test:long`, which runs the files that ask
 * here.
 */
export function testCount(smoke: number, long: number): number {
  return process.env.PACELINE_TEST_LONG ? long : smoke;
}
