-- The desk's memory together with the position it stands for; the news before it is no longer needed.
-- Refused as a commit is: by the fence, and where this is not the position that was committed last.
-- KEYS: desk, snapshot, news   ARGV: fence, position, snapshot   -> 1 | 0 refused
if redis.call("HGET", KEYS[1], "fence") ~= ARGV[1] then return 0 end
if (redis.call("HGET", KEYS[1], "position") or "0-0") ~= ARGV[2] then return 0 end
redis.call("SET", KEYS[2], ARGV[3])
redis.call("HSET", KEYS[1], "snapshotPosition", ARGV[2])
redis.call("XTRIM", KEYS[3], "MINID", "~", ARGV[2])
return 1
