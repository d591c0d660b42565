-- Polls that brought nothing, in one step each: state and validators, next due time. A worker whose lease ran out writes
-- nothing.
-- KEYS: due, feeds, leases   ARGV: four a poll: feed, token, state JSON, next due
-- -> { 1 written | 0 the lease is lost, ... }
local written = {}
for n = 1, #ARGV, 4 do
  local held = redis.call("HGET", KEYS[3], ARGV[n])
  local holds = held and string.match(held, "^(%S+) ") == ARGV[n + 1]
  if holds then
    redis.call("HSET", KEYS[2], ARGV[n], ARGV[n + 2])
    redis.call("HDEL", KEYS[3], ARGV[n])
    redis.call("ZADD", KEYS[1], "XX", ARGV[n + 3], ARGV[n])
  end
  written[#written + 1] = holds and 1 or 0
end
return written
