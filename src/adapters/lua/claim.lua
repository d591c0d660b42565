-- Takes up to ARGV[2] feeds that are due and moves them on by the lease, so that a crash before they
-- are enqueued delays them by the lease and loses nothing.
-- KEYS: due   ARGV: now, limit, lease (all ms)   -> { feed, was due at, feed, was due at, ... }
local due = redis.call("ZRANGEBYSCORE", KEYS[1], "-inf", ARGV[1], "WITHSCORES", "LIMIT", 0, ARGV[2])
local again = tonumber(ARGV[1]) + tonumber(ARGV[3])
for n = 1, #due, 2 do
  redis.call("ZADD", KEYS[1], "XX", again, due[n])
end
return due
