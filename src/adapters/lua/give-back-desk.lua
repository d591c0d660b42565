-- The desk is free at once for whoever waits.
-- KEYS: desk   ARGV: owner
if redis.call("HGET", KEYS[1], "owner") == ARGV[1] then redis.call("HSET", KEYS[1], "expiresAt", 0) end
return 1
