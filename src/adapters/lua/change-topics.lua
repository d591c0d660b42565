-- One change of the topics that do not stand in config/, all of it or none. Refused where another change came first:
-- whoever changes has read everything at one version.
-- KEYS: version, log, touched, topics, editing, gone
-- ARGV: version it is a change of, entries the log may have, entry ("" none), JSON
--   JSON = { set: [[place of the key in KEYS, topic, value]], unset: [[place, topic]], touched: [topic] }
-- -> the new version | 0
if (redis.call("GET", KEYS[1]) or "0") ~= ARGV[1] then return 0 end
local change = cjson.decode(ARGV[4])
for _, one in ipairs(change.unset) do redis.call("HDEL", KEYS[one[1]], one[2]) end
for _, one in ipairs(change.set) do redis.call("HSET", KEYS[one[1]], one[2], one[3]) end
for _, topic in ipairs(change.touched) do redis.call("HINCRBY", KEYS[3], topic, 1) end
if ARGV[3] ~= "" then redis.call("XADD", KEYS[2], "MAXLEN", "~", ARGV[2], "*", "entry", ARGV[3]) end
return redis.call("INCR", KEYS[1])
