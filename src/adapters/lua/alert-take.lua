-- What the next message of an alert is made of. What was taken stays under way until it is known to have been sent, so
-- that it is sent again as it was, with the same id.
-- KEYS: waiting, under way
-- ARGV: how many at most, until when it is kept (ms from now)
if redis.call("EXISTS", KEYS[2]) == 0 then
  for _ = 1, tonumber(ARGV[1]) do
    if not redis.call("LMOVE", KEYS[1], KEYS[2], "LEFT", "RIGHT") then break end
  end
  redis.call("PEXPIRE", KEYS[2], ARGV[2])
end
return redis.call("LRANGE", KEYS[2], 0, -1)
