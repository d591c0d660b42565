-- A subscriber was told all up to a turn. What changed again while it was being told has a later one, and stays owed.
-- KEYS: hubTold, hubOwing, news of the document   ARGV: subscriber, turn
local told = redis.call("HGET", KEYS[1], ARGV[1])
-- it has left meanwhile
if not told then return end
if tonumber(told) < tonumber(ARGV[2]) then
  told = ARGV[2]
  redis.call("HSET", KEYS[1], ARGV[1], told)
end
if redis.call("ZCOUNT", KEYS[3], "(" .. told, "+inf") == 0 then redis.call("ZREM", KEYS[2], ARGV[1]) end
