-- Takes an idempotency key for one request, or tells what became of the request that has it.
-- in:  KEYS[1] a hash of this key; ARGV[1] fingerprint of the request, ARGV[2] who takes it,
--      ARGV[3] lease in milliseconds: a process that dies gives the key back by then
-- out: { 'begun' } | { 'answered', answer } | { 'inFlight', milliseconds of lease left } | { 'mismatch' }
local kept = redis.call('HMGET', KEYS[1], 'fingerprint', 'answer')
if not kept[1] then
  redis.call('HSET', KEYS[1], 'fingerprint', ARGV[1], 'owner', ARGV[2])
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
  return { 'begun' }
end
if kept[1] ~= ARGV[1] then
  return { 'mismatch' }
end
if kept[2] then
  return { 'answered', kept[2] }
end
return { 'inFlight', tostring(redis.call('PTTL', KEYS[1])) }
