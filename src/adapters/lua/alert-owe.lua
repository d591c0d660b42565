-- Owes an alert's channel some stories, each once for as long as it is remembered.
-- KEYS: told, waiting
-- ARGV: now, how many are remembered, how many may wait, for how long all is kept (ms), then pairs: id, story as JSON
-- Returns how many of the oldest were dropped, since too many wait
for n = 5, #ARGV, 2 do
  if redis.call("ZADD", KEYS[1], "NX", ARGV[1], ARGV[n]) == 1 then redis.call("RPUSH", KEYS[2], ARGV[n + 1]) end
end
redis.call("ZREMRANGEBYRANK", KEYS[1], 0, -tonumber(ARGV[2]) - 1)
local dropped = math.max(0, redis.call("LLEN", KEYS[2]) - tonumber(ARGV[3]))
if dropped > 0 then redis.call("LTRIM", KEYS[2], dropped, -1) end
for _, key in ipairs(KEYS) do redis.call("PEXPIRE", key, ARGV[4]) end
return dropped
