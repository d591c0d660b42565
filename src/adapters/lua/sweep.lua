-- Forgets items whose time is over, in small steps so that Redis answers others in between. What they were known by
-- stays: an old item that comes back in a feed is not new.
-- KEYS: items, decided, touched
-- ARGV: arrived before, keep at most, step, item prefix, place prefix, topic prefix, story prefix,
--       then the items to forget, whatever their time; none: those whose time is over
-- -> how many were swept
local items = {}
for at = 8, #ARGV do items[#items + 1] = ARGV[at] end
local over = redis.call("ZCARD", KEYS[1]) - tonumber(ARGV[2])
if #items == 0 then items = redis.call("ZRANGEBYSCORE", KEYS[1], "-inf", "(" .. ARGV[1], "LIMIT", 0, ARGV[3]) end
if #items == 0 and over > 0 then items = redis.call("ZRANGE", KEYS[1], 0, math.min(over, tonumber(ARGV[3])) - 1) end
for _, item in ipairs(items) do
  for topic in string.gmatch(redis.call("HGET", ARGV[5] .. item, "topics") or "", "[^,]+") do
    redis.call("ZREM", ARGV[6] .. topic, item)
    redis.call("HINCRBY", KEYS[3], topic, 1)
  end
  local story = redis.call("HGET", ARGV[5] .. item, "story")
  if story then redis.call("ZREM", ARGV[7] .. story, item) end
  redis.call("DEL", ARGV[4] .. item, ARGV[5] .. item)
  redis.call("ZREM", KEYS[1], item)
end
if #items > 0 then redis.call("XADD", KEYS[2], "MAXLEN", "~", 50000, "*", "swept", cjson.encode(items)) end
return #items
