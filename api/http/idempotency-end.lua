-- Changes an idempotency key, but only for the request that took it: one whose lease ran out has lost it.
-- in:  KEYS[1] as in idempotency-begin.lua; ARGV[1] who took it; ARGV[2] 'renew', 'keep' or 'release';
--      ARGV[3] milliseconds to live on; ARGV[4] the answer to keep
-- out: 1, or 0 when somebody else has it
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then
  return 0
end
if ARGV[2] == 'release' then
  redis.call('DEL', KEYS[1])
  return 1
end
if ARGV[2] == 'keep' then
  redis.call('HDEL', KEYS[1], 'owner')
  redis.call('HSET', KEYS[1], 'answer', ARGV[4])
end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
