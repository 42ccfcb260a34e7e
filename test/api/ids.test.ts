import assert from 'node:assert/strict';
import { test } from 'node:test';
import { activityIdOf } from '../../api/ids.js';

test('the legs of a file have the ids that they always had', () => {
  const uploadId = '01a22499-f8a3-7625-b299-b33799f8c402';

  const ids = [activityIdOf(uploadId), activityIdOf(uploadId, 1)];

  // Stored activities are known by these.
  assert.deepEqual(ids, ['01a22499-f800-7bb8-8727-286a8a142f6c', '01a22499-f800-72d9-91b8-c0d8407d539c']);
});
