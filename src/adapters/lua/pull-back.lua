-- What a clock that was ahead has put into the schedule comes as soon as it would have come by the right one. A feed that
-- was polled later than now waits as long as it was to wait then, from now on; one that was only claimed, leased or put
-- off comes when its last poll said. Never later than it was to come.
-- KEYS: due, feeds   ARGV: now, how long the feeds that are new may wait (ms), feeds
-- -> how many were pulled back
local now, spread = tonumber(ARGV[1]), tonumber(ARGV[2])
-- workers' clocks differ by less; a crowded host puts off by as much (enter-host)
local TOLERANCE, PUT_OFF = 60000, 3600000

local function rightly(feed, due)
  local state = redis.call("HGET", KEYS[2], feed) or ""
  local polled = tonumber(string.match(state, '"polledAt":(%d+)'))
  local planned = tonumber(string.match(state, '"nextDueAt":(%d+)'))
  if polled and polled > now + TOLERANCE then return now + math.max(0, (planned or due) - polled) end
  if not planned then return due > now + spread + PUT_OFF and now + math.random(0, spread) or due end
  planned = math.max(now, planned)
  return due > planned + PUT_OFF and planned or due
end

local pulled = 0
for n = 3, #ARGV do
  local due = tonumber(redis.call("ZSCORE", KEYS[1], ARGV[n]))
  local right = due and rightly(ARGV[n], due)
  if due and right < due then
    redis.call("ZADD", KEYS[1], "XX", string.format("%d", right), ARGV[n])
    pulled = pulled + 1
  end
end
return pulled
