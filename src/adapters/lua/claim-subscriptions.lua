-- Takes up to ARGV[2] feeds whose hubs are to be looked after and moves them on by the lease: another worker finds
-- them again where this one dies.
-- KEYS: subscriptionsDue   ARGV: now, limit, lease (ms)   -> { feed ... }
local due = redis.call("ZRANGEBYSCORE", KEYS[1], "-inf", ARGV[1], "LIMIT", 0, ARGV[2])
local again = string.format("%d", tonumber(ARGV[1]) + tonumber(ARGV[3]))
for _, feed in ipairs(due) do redis.call("ZADD", KEYS[1], "XX", again, feed) end
return due
