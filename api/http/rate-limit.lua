-- Counts one request against a window that slides: the share of the window before that still lies within
-- reach counts as well, so that nobody gets two windows' worth around a boundary. Refused requests do not count.
-- in:  KEYS[1] a hash of this limit; ARGV[1] requests per window; ARGV[2] window in milliseconds
-- out: { 1 allowed or 0 refused, requests left, milliseconds until the window ends or until a retry can succeed }
local limit = tonumber(ARGV[1])
local window = tonumber(ARGV[2])

-- The clock of Redis, so that all processes agree.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local number = math.floor(now / window)
local elapsed = now - number * window

local kept = redis.call('HMGET', KEYS[1], 'number', 'count', 'before')
local keptNumber = tonumber(kept[1])
local count, before = 0, 0
if keptNumber == number then
  count, before = tonumber(kept[2]), tonumber(kept[3])
elseif keptNumber == number - 1 then
  before = tonumber(kept[2])
end

local used = before * (1 - elapsed / window) + count
if used + 1 <= limit then
  redis.call('HSET', KEYS[1], 'number', number, 'count', count + 1, 'before', before)
  redis.call('PEXPIRE', KEYS[1], 2 * window)
  return { 1, math.floor(limit - used - 1), window - elapsed }
end

-- Either enough of the window before slides out of reach while this one lasts, or of this one during the next.
local wait = window - elapsed
if count + 1 <= limit then
  wait = math.ceil(window * (1 - (limit - 1 - count) / before)) - elapsed
elseif count > 0 then
  wait = wait + math.ceil(window * (1 - (limit - 1) / count))
end
return { 0, 0, wait }
