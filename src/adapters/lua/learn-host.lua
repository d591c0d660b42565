-- Writes what was learned of a host, unless another worker has written in between.
-- KEYS: budget   ARGV: budget as it was seen ("" = none), as it is to be ("" = none), how long to remember it ms
-- -> "done" | the budget as it is now
local now = redis.call("GET", KEYS[1]) or ""
if now ~= ARGV[1] then return now end
if ARGV[2] == "" then redis.call("DEL", KEYS[1]) else redis.call("SET", KEYS[1], ARGV[2], "PX", ARGV[3]) end
return "done"
