-- Changes an idempotency key, but only for the request that took it: one whose lease ran out has lost it.
-- in:  KEYS[1] as in idempotency-begin.lua; ARGV[1] who took it; ARGV[2] 'renew', 'keep' or 'release';
--      ARGV[3] milliseconds: of the new lease, or for which the answer is kept; ARGV[4] the answer to keep
-- out: 1, or 0 when somebody else has it
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then
  return 0
end
if ARGV[2] == 'renew' then
  local time = redis.call('TIME')
  redis.call('HSET', KEYS[1], 'leaseUntil', time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[3])
  return 1
end
redis.call('HDEL', KEYS[1], 'owner', 'leaseUntil')
if ARGV[2] == 'keep' then
  redis.call('HSET', KEYS[1], 'answer', ARGV[4])
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
else
  -- The seed stays: what was made before the mishap must be found by the next request with this key.
  redis.call('HDEL', KEYS[1], 'fingerprint')
end
return 1
