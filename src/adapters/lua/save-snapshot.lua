-- The desk's memory together with the position it stands for; the news before it is no longer needed.
-- KEYS: desk, snapshot, news   ARGV: fence, position, snapshot   -> 1 | 0 the fence moved on
if redis.call("HGET", KEYS[1], "fence") ~= ARGV[1] then return 0 end
redis.call("SET", KEYS[2], ARGV[3])
redis.call("HSET", KEYS[1], "snapshotPosition", ARGV[2])
redis.call("XTRIM", KEYS[3], "MINID", "~", ARGV[2])
return 1
