-- A topic that is no more leaves nothing behind but where it went. Refused where the fence moved on.
-- KEYS: desk, rules, edited, touched, held, gone, version, documents, swapped, membership, fresh membership, told, withdrawn, filing
-- ARGV: fence, topic, GoneTopic as JSON (for one that nobody has noted yet), document prefix, then the paths of its documents
-- -> 1 | 0 the fence moved on
if redis.call("HGET", KEYS[1], "fence") ~= ARGV[1] then return 0 end
for key = 2, 4 do redis.call("HDEL", KEYS[key], ARGV[2]) end
redis.call("ZREM", KEYS[5], ARGV[2])
if redis.call("HSETNX", KEYS[6], ARGV[2], ARGV[3]) == 1 then redis.call("INCR", KEYS[7]) end
redis.call("DEL", KEYS[10], KEYS[11], KEYS[12], KEYS[13], KEYS[14])
for at = 5, #ARGV do
  redis.call("DEL", ARGV[4] .. ARGV[at])
  if redis.call("HDEL", KEYS[8], ARGV[at]) == 1 then
    redis.call("XADD", KEYS[9], "MAXLEN", "~", 5000, "*", "path", ARGV[at])
  end
end
return 1
