-- Keeps one document that could not be read: the latest of its feed and reason. What is too old goes, then the oldest,
-- until all fit under both caps.
-- KEYS order (ZSET name -> at), notes, bytes, sizes (HASH name -> size, "" -> all)
-- ARGV name, at, note, bytes, cap of bytes, retention, cap of documents
local order, notes, bytes, sizes = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local name, at, cap, retention = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[5]), tonumber(ARGV[6])
local size = #ARGV[3] + #ARGV[4]

local function drop(old)
  local was = redis.call('HGET', sizes, old)
  if was then redis.call('HINCRBY', sizes, '', -tonumber(was)) end
  redis.call('ZREM', order, old)
  redis.call('HDEL', notes, old)
  redis.call('HDEL', bytes, old)
  redis.call('HDEL', sizes, old)
end

drop(name)
for _, old in ipairs(redis.call('ZRANGEBYSCORE', order, '-inf', at - retention)) do drop(old) end
while tonumber(redis.call('HGET', sizes, '') or '0') + size > cap
  or redis.call('ZCARD', order) >= tonumber(ARGV[7]) do
  local oldest = redis.call('ZRANGE', order, 0, 0)[1]
  if not oldest then break end
  drop(oldest)
end

redis.call('ZADD', order, at, name)
redis.call('HSET', notes, name, ARGV[3])
redis.call('HSET', bytes, name, ARGV[4])
redis.call('HSET', sizes, name, size)
redis.call('HINCRBY', sizes, '', size)
for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, retention) end
return 1
