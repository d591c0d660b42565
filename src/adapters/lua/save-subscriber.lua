-- One subscriber of our hub, with all that hangs on it, in one step; refused where another worker has changed it
-- meanwhile, and where there are too many already.
-- KEYS: hub, hubDue, hubHosts, hubOwing, hubTopics, subscribers of the document, its news, hubTold, hubTurn
-- ARGV: subscriber, JSON it was read as ("" = none), JSON ("" = none any more), lapses at, "held" or "", path, host,
--       most in all, most of a host, most of a document
-- -> "saved" | "changed" meanwhile | too many in "total", of the "host", of the "topic"
local id, before, after, path, host = ARGV[1], ARGV[2], ARGV[3], ARGV[6], ARGV[7]
if (redis.call("HGET", KEYS[1], id) or "") ~= before then return "changed" end

if after == "" then
  redis.call("HDEL", KEYS[1], id)
  redis.call("ZREM", KEYS[2], id)
  if before ~= "" and redis.call("HINCRBY", KEYS[3], host, -1) <= 0 then redis.call("HDEL", KEYS[3], host) end
else
  local isNew = before == ""
  if isNew and redis.call("HLEN", KEYS[1]) >= tonumber(ARGV[8]) then return "total" end
  if isNew and tonumber(redis.call("HGET", KEYS[3], host) or "0") >= tonumber(ARGV[9]) then return "host" end
  local isAdded = ARGV[5] == "held" and redis.call("SISMEMBER", KEYS[6], id) == 0
  if isAdded and redis.call("SCARD", KEYS[6]) >= tonumber(ARGV[10]) then return "topic" end
  if isNew then redis.call("HINCRBY", KEYS[3], host, 1) end
  redis.call("HSET", KEYS[1], id, after)
  redis.call("ZADD", KEYS[2], ARGV[4], id)
end

if ARGV[5] == "held" then
  redis.call("SADD", KEYS[6], id)
  redis.call("SADD", KEYS[5], path)
  -- what came before is none of its news
  redis.call("HSETNX", KEYS[8], id, redis.call("GET", KEYS[9]) or "0")
else
  redis.call("SREM", KEYS[6], id)
  redis.call("ZREM", KEYS[4], id)
  redis.call("HDEL", KEYS[8], id)
  if redis.call("EXISTS", KEYS[6]) == 0 then
    redis.call("SREM", KEYS[5], path)
    redis.call("DEL", KEYS[7])
  end
end
return "saved"
