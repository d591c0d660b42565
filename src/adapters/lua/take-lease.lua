-- One poll of a feed at a time, on any machine. Refused while another holds the lease, and where the feed was
-- polled after this job was made (a stalled job that comes back late).
-- KEYS: due, feeds, leases   ARGV: feed, token, now, lease ms, claimed at
-- -> { 1, state as JSON } | { 0, why }
local held = redis.call("HGET", KEYS[3], ARGV[1])
if held then
  local expires = tonumber(string.match(held, " (%d+)$"))
  if expires and expires > tonumber(ARGV[3]) then return { 0, "another worker polls it" } end
end
if not redis.call("ZSCORE", KEYS[1], ARGV[1]) then return { 0, "no longer in the schedule" } end
local state = redis.call("HGET", KEYS[2], ARGV[1])
if state then
  local polled = cjson.decode(state).polledAt
  if polled and polled >= tonumber(ARGV[5]) then return { 0, "already polled" } end
end
local expires = string.format("%d", tonumber(ARGV[3]) + tonumber(ARGV[4]))
redis.call("HSET", KEYS[3], ARGV[1], ARGV[2] .. " " .. expires)
redis.call("ZADD", KEYS[1], "XX", expires, ARGV[1])
return { 1, state or "" }
