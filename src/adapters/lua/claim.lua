-- Takes up to ARGV[2] feeds that are due and moves them on by the lease, so that a crash before they are enqueued delays
-- them by the lease and loses nothing. What is long overdue comes first, but only at a set rate: after an outage
-- publishers are not asked all at once (A-16).
-- KEYS: due, backlog   ARGV: now, limit, lease (ms), overdue before (ms), overdue feeds a second
--   backlog = "feeds that may be taken, as of when (ms)"
-- -> { feed, was due at, feed, was due at, ... }
local now, limit, rate = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[5])
local SECONDS_SAVED = 4

local saved, at = string.match(redis.call("GET", KEYS[2]) or "", "^(%S+) (%d+)$")
local allowed = rate
if saved then allowed = math.min(SECONDS_SAVED * rate, tonumber(saved) + rate * math.max(0, now - tonumber(at)) / 1000) end
local most = math.max(0, math.min(limit, math.floor(allowed)))
local due = redis.call("ZRANGEBYSCORE", KEYS[1], "-inf", "(" .. ARGV[4], "WITHSCORES", "LIMIT", 0, most)
redis.call("SET", KEYS[2], string.format("%.3f %d", allowed - #due / 2, now))

local rest = redis.call("ZRANGEBYSCORE", KEYS[1], ARGV[4], ARGV[1], "WITHSCORES", "LIMIT", 0, limit - #due / 2)
for n = 1, #rest do due[#due + 1] = rest[n] end
local again = string.format("%d", now + tonumber(ARGV[3]))
for n = 1, #due, 2 do
  redis.call("ZADD", KEYS[1], "XX", again, due[n])
end
return due
