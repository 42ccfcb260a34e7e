-- Takes an idempotency key for one request, or tells what became of the request that has it.
-- in:  KEYS[1] a hash of this key; ARGV[1] fingerprint of the request, ARGV[2] who takes it, a UUIDv7,
--      ARGV[3] lease in milliseconds: by then the same request may take the key of a process that died,
--      ARGV[4] milliseconds for which the key is known
-- out: { 'begun', seed: the UUID of whoever took it first } | { 'answered', answer } | { 'inFlight' } | { 'mismatch' }
local kept = redis.call('HMGET', KEYS[1], 'fingerprint', 'answer', 'leaseUntil', 'seed')
local fingerprint, answer, leaseUntil, seed = unpack(kept)
if fingerprint and fingerprint ~= ARGV[1] then
  return { 'mismatch' }
end
if answer then
  return { 'answered', answer }
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if leaseUntil and tonumber(leaseUntil) > now then
  return { 'inFlight' }
end
seed = seed or ARGV[2]
redis.call('HSET', KEYS[1], 'fingerprint', ARGV[1], 'owner', ARGV[2], 'seed', seed, 'leaseUntil', now + ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return { 'begun', seed }
