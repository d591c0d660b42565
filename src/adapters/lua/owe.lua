-- Notes what all subscribers of a document are to be told; once, however often the entry of the stream is read.
-- KEYS: subscribers of the document, hubOwing, whether this entry is noted already, news of the document, hubTurn
-- ARGV: when (ms), how long it stays noted (ms), how much news is kept, ids
-- -> all of them
local subscribers = redis.call("SMEMBERS", KEYS[1])
if #subscribers == 0 or not redis.call("SET", KEYS[3], "1", "NX", "PX", ARGV[2]) then return subscribers end
local turn = redis.call("INCR", KEYS[5])
for n = 4, #ARGV do redis.call("ZADD", KEYS[4], turn, ARGV[n]) end
redis.call("ZREMRANGEBYRANK", KEYS[4], 0, -tonumber(ARGV[3]) - 1)
for _, subscriber in ipairs(subscribers) do redis.call("ZADD", KEYS[2], "NX", ARGV[1], subscriber) end
return subscribers
