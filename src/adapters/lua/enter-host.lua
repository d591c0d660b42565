-- Asks whether a request to a host may start: at most so many under way, and a gap between two starts.
-- KEYS: requests under way, next free moment   ARGV: now, gap ms, limit, token, longest request ms
-- -> 0 = go | milliseconds to wait
local now = tonumber(ARGV[1])
redis.call("ZREMRANGEBYSCORE", KEYS[1], "-inf", now)
local free = tonumber(redis.call("GET", KEYS[2]) or "0")
if free > now then return free - now end
if redis.call("ZCARD", KEYS[1]) >= tonumber(ARGV[3]) then return math.max(tonumber(ARGV[2]), 200) end
redis.call("ZADD", KEYS[1], now + tonumber(ARGV[5]), ARGV[4])
redis.call("PEXPIRE", KEYS[1], ARGV[5])
local gap = tonumber(ARGV[2])
if gap > 0 then redis.call("SET", KEYS[2], string.format("%d", now + gap), "PX", gap) end
return 0
