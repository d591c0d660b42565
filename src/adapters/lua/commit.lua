-- All that one poll came to, in one step: items, what they are known by, the news for the desk, the feed's state and
-- validators, its next due time. A worker whose lease ran out writes nothing.
-- KEYS: due, feeds, leases, known, items, news, recollection, attendance
-- ARGV: feed, token, state JSON, next due, item key prefix, "keep" or "replace", recollection
--       ("" = none), how long to keep it ms, attendance ("" = keep), how long to keep it ms, number of items n,
--       then n times: item id, arrivedAt, item JSON, news entry JSON ("" = none),
--       then pairs: identity key, what is known
-- -> 1 written | 0 the lease is lost
local held = redis.call("HGET", KEYS[3], ARGV[1])
if not held or string.match(held, "^(%S+) ") ~= ARGV[2] then return 0 end

local at = 12
for _ = 1, tonumber(ARGV[11]) do
  redis.call("SET", ARGV[5] .. ARGV[at], ARGV[at + 2])
  redis.call("ZADD", KEYS[5], ARGV[at + 1], ARGV[at])
  if ARGV[at + 3] ~= "" then redis.call("XADD", KEYS[6], "*", "entry", ARGV[at + 3]) end
  at = at + 4
end
while ARGV[at] do
  redis.call("HSET", KEYS[4], ARGV[at], ARGV[at + 1])
  at = at + 2
end
if ARGV[6] == "replace" then
  if ARGV[7] == "" then redis.call("DEL", KEYS[7]) else redis.call("SET", KEYS[7], ARGV[7], "PX", ARGV[8]) end
end
if ARGV[9] ~= "" then redis.call("SET", KEYS[8], ARGV[9], "PX", ARGV[10]) end
redis.call("HSET", KEYS[2], ARGV[1], ARGV[3])
redis.call("HDEL", KEYS[3], ARGV[1])
redis.call("ZADD", KEYS[1], "XX", ARGV[4], ARGV[1])
return 1
