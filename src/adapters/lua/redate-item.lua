-- An item that a clock which was ahead has dated gets another date, and the desk is told as of any revision. Nothing is
-- done where it was written, or swept, since it was read.
-- KEYS: item, items, news   ARGV: id, item JSON as it was read, item JSON, arrivedAt, news entry JSON ("" = none)
-- -> 1 written | 0
if redis.call("GET", KEYS[1]) ~= ARGV[2] then return 0 end
redis.call("SET", KEYS[1], ARGV[3])
redis.call("ZADD", KEYS[2], ARGV[4], ARGV[1])
if ARGV[5] ~= "" then redis.call("XADD", KEYS[3], "*", "entry", ARGV[5]) end
return 1
