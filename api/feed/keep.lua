-- Keeps a feed as it was read from the graph, unless something has happened to it since the ticket was taken.
-- KEYS: 1 feed, 2 ticket
-- ARGV: 1 ticket, 2 seconds to keep it, 3 floor, 4… entries
if redis.call('GET', KEYS[2]) ~= ARGV[1] then
  return 0
end
redis.call('DEL', KEYS[1], KEYS[2])
for i = 3, #ARGV do
  redis.call('ZADD', KEYS[1], 0, ARGV[i])
end
redis.call('EXPIRE', KEYS[1], ARGV[2])
return 1
