-- An alert takes over what it told and owes, and how its channel is, from its former id; as often as news come in under
-- that id, which workers do that do not know of the new one yet. What it knows itself it neither forgets nor tells again.
-- KEYS: of the former id: told, waiting, under way, record; of the alert: told, waiting, record
-- ARGV: how many are remembered, how many may wait, for how long all is kept (ms)
local told, waiting, underWay, record = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
for _, list in ipairs({ underWay, waiting }) do
  for _, owed in ipairs(redis.call("LRANGE", list, 0, -1)) do
    if not redis.call("ZSCORE", KEYS[5], cjson.decode(owed).story.id) then redis.call("RPUSH", KEYS[6], owed) end
  end
end
redis.call("LTRIM", KEYS[6], -tonumber(ARGV[2]), -1)
redis.call("ZUNIONSTORE", KEYS[5], 2, KEYS[5], told, "AGGREGATE", "MAX")
redis.call("ZREMRANGEBYRANK", KEYS[5], 0, -tonumber(ARGV[1]) - 1)
if redis.call("EXISTS", record) == 1 then redis.call("RENAMENX", record, KEYS[7]) end
redis.call("DEL", told, waiting, underWay, record)
for n = 5, 7 do redis.call("PEXPIRE", KEYS[n], ARGV[3]) end
