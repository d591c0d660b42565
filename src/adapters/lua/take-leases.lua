-- One poll of a feed at a time, on any machine. Refused while another holds the lease, and where the feed was
-- polled after this job was made (a stalled job that comes back late).
-- KEYS: due, feeds, leases   ARGV: now, lease ms, claimed at, then pairs: feed, token
-- -> { 1, state as JSON | 0, why, ... }: a pair for each feed
local now = tonumber(ARGV[1])
local expires = string.format("%d", now + tonumber(ARGV[2]))
-- Workers' clocks differ by less. What lies later was written by a clock that was ahead, and says nothing.
local TOLERANCE = 60000

local function take(feed, token)
  local held = redis.call("HGET", KEYS[3], feed)
  local heldUntil = held and tonumber(string.match(held, " (%d+)$"))
  if heldUntil and heldUntil > now and heldUntil <= expires + TOLERANCE then return 0, "another worker polls it" end
  if not redis.call("ZSCORE", KEYS[1], feed) then return 0, "no longer in the schedule" end
  local state = redis.call("HGET", KEYS[2], feed) or ""
  -- cheaper than reading all of it; strings in it have their quotes escaped
  local polled = tonumber(string.match(state, '"polledAt":(%d+)'))
  if polled and polled >= tonumber(ARGV[3]) and polled <= now + TOLERANCE then return 0, "already polled" end
  redis.call("HSET", KEYS[3], feed, token .. " " .. expires)
  redis.call("ZADD", KEYS[1], "XX", expires, feed)
  return 1, state
end

local answer = {}
for n = 4, #ARGV, 2 do
  answer[n - 3], answer[n - 2] = take(ARGV[n], ARGV[n + 1])
end
return answer
