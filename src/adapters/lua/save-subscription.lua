-- One feed's subscription, its callbacks and the moment it is looked at next, in one step; refused where another
-- worker has changed it meanwhile.
-- KEYS: subscriptions, callbacks, subscriptionsDue
-- ARGV: feed, JSON it was read as ("" = none), JSON ("" = none any more), due at, number of old tokens n,
--       n old tokens, new tokens
-- -> 1 saved | 0 changed meanwhile
if (redis.call("HGET", KEYS[1], ARGV[1]) or "") ~= ARGV[2] then return 0 end
local firstNew = 6 + tonumber(ARGV[5])
for n = 6, firstNew - 1 do redis.call("HDEL", KEYS[2], ARGV[n]) end
if ARGV[3] == "" then
  redis.call("HDEL", KEYS[1], ARGV[1])
  redis.call("ZREM", KEYS[3], ARGV[1])
  return 1
end
redis.call("HSET", KEYS[1], ARGV[1], ARGV[3])
redis.call("ZADD", KEYS[3], ARGV[4], ARGV[1])
for n = firstNew, #ARGV do redis.call("HSET", KEYS[2], ARGV[n], ARGV[1]) end
return 1
