-- Gives a lease back without having polled (its host is busy).
-- KEYS: due, leases   ARGV: feed, token, due again at
local held = redis.call("HGET", KEYS[2], ARGV[1])
if not held or string.match(held, "^(%S+) ") ~= ARGV[2] then return 0 end
redis.call("HDEL", KEYS[2], ARGV[1])
redis.call("ZADD", KEYS[1], "XX", ARGV[3], ARGV[1])
return 1
