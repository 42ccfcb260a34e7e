-- Adds an activity to a feed, if the feed is kept and reaches down to it; the feed stays within its bounds.
-- A rebuild that is under way has perhaps read the graph too early, so it loses its ticket and keeps nothing.
-- KEYS: 1 feed, 2 ticket
-- ARGV: 1 entry, 2 most entries
redis.call('DEL', KEYS[2])
local floor = redis.call('ZRANGE', KEYS[1], 0, 0)[1]
if not floor or ARGV[1] <= floor then
  return 0
end
redis.call('ZADD', KEYS[1], 0, ARGV[1])
-- The floor itself is an entry too.
if redis.call('ZCARD', KEYS[1]) > tonumber(ARGV[2]) + 1 then
  local lowest = redis.call('ZRANGE', KEYS[1], 1, 1)[1]
  redis.call('ZREM', KEYS[1], floor, lowest)
  redis.call('ZADD', KEYS[1], 0, lowest .. '!')
end
return 1
