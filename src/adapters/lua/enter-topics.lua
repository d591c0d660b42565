-- Items into the fresh memberships of topics whose rules changed. What the desk decides meanwhile is entered again, so
-- the last word on an item is right. Refused where the fence moved on.
-- KEYS: desk, edited
-- ARGV: fence, place prefix, topic prefix, JSON
--   JSON = { anew: [topic], items: [{ item, arrivedAt, topics: [topic] }], edits: [[what, at]],
--   isFirst: what an earlier try left is thrown away }; the moments of edits are noted before anything else is done, for
--   those who have to begin again
-- -> 1 | 0 the fence moved on
if redis.call("HGET", KEYS[1], "fence") ~= ARGV[1] then return 0 end
local all = cjson.decode(ARGV[4])
for _, edit in ipairs(all.edits) do redis.call("HSETNX", KEYS[2], edit[1], edit[2]) end
local anew = {}
for _, topic in ipairs(all.anew) do
  anew[topic] = true
  if all.isFirst then redis.call("DEL", ARGV[3] .. topic .. ":fresh") end
end
for _, one in ipairs(all.items) do
  local key = ARGV[2] .. one.item
  local list, isIn = {}, {}
  if redis.call("HEXISTS", key, "story") == 1 then
    for topic in string.gmatch(redis.call("HGET", key, "topics") or "", "[^,]+") do
      if not anew[topic] then list[#list + 1] = topic end
    end
    for _, topic in ipairs(one.topics) do
      isIn[topic] = true
      list[#list + 1] = topic
      redis.call("ZADD", ARGV[3] .. topic .. ":fresh", one.arrivedAt, one.item)
    end
    redis.call("HSET", key, "topics", table.concat(list, ","))
  end
  for _, topic in ipairs(all.anew) do
    if not isIn[topic] then redis.call("ZREM", ARGV[3] .. topic .. ":fresh", one.item) end
  end
end
return 1
