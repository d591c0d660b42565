-- A subscriber of a document that has another path now goes along, with what it is owed. Where the same callback has
-- asked for the new path already, they become one. Refused where another worker has changed either meanwhile.
-- KEYS: hub, hubDue, hubHosts, hubOwing, hubTold, hubTopics, subscribers of the old path, of the new one, news of both
-- ARGV: subscriber, JSON it was read as, subscriber under the new path, JSON it was read as there ("" = none), JSON from
--       now on, lapses at, old path, new path, host
-- -> "moved" | "changed" meanwhile
local from, into = ARGV[1], ARGV[3]
if (redis.call("HGET", KEYS[1], from) or "") ~= ARGV[2] then return "changed" end
if (redis.call("HGET", KEYS[1], into) or "") ~= ARGV[4] then return "changed" end

redis.call("HDEL", KEYS[1], from)
redis.call("ZREM", KEYS[2], from)
redis.call("HSET", KEYS[1], into, ARGV[5])
redis.call("ZADD", KEYS[2], ARGV[6], into)
if ARGV[4] ~= "" then redis.call("HINCRBY", KEYS[3], ARGV[9], -1) end

local since, told = redis.call("ZSCORE", KEYS[4], from), redis.call("HGET", KEYS[5], from)
if redis.call("SREM", KEYS[7], from) == 1 then
  redis.call("SADD", KEYS[8], into)
  redis.call("SADD", KEYS[6], ARGV[8])
end
if since then
  redis.call("ZUNIONSTORE", KEYS[10], 2, KEYS[10], KEYS[9], "AGGREGATE", "MAX")
  redis.call("ZADD", KEYS[4], "LT", since, into)
end
if told then
  local known = tonumber(redis.call("HGET", KEYS[5], into) or told)
  redis.call("HSET", KEYS[5], into, string.format("%.0f", math.min(known, tonumber(told))))
end
redis.call("ZREM", KEYS[4], from)
redis.call("HDEL", KEYS[5], from)
if redis.call("EXISTS", KEYS[7]) == 0 then
  redis.call("SREM", KEYS[6], ARGV[7])
  redis.call("DEL", KEYS[9])
end
return "moved"
