-- Puts a topic's finished documents in the place of the last ones, all formats together, and says so.
-- The topic stays touched where news came in while it was rendered.
-- KEYS: documents, swapped, touched, held, told of the topic
-- ARGV: topic, touched count when rendering began, until when a story waits ("" none does), announcements as JSON,
--   number of documents n, then n times: document key, path, etag, number of fields f, then f times: name, value
local changed = 0
local at = 6
for _ = 1, tonumber(ARGV[5]) do
  local key, path, etag, fields = ARGV[at], ARGV[at + 1], ARGV[at + 2], tonumber(ARGV[at + 3])
  at = at + 4
  if redis.call("HGET", KEYS[1], path) ~= etag then
    redis.call("DEL", key)
    for n = 0, fields - 1 do redis.call("HSET", key, ARGV[at + 2 * n], ARGV[at + 2 * n + 1]) end
    redis.call("HSET", KEYS[1], path, etag)
    redis.call("XADD", KEYS[2], "MAXLEN", "~", 5000, "*", "path", path)
    changed = changed + 1
  end
  at = at + 2 * fields
end
if ARGV[3] == "" then redis.call("ZREM", KEYS[4], ARGV[1]) else redis.call("ZADD", KEYS[4], ARGV[3], ARGV[1]) end
if changed > 0 or redis.call("EXISTS", KEYS[5]) == 0 then redis.call("SET", KEYS[5], ARGV[4]) end
if (redis.call("HGET", KEYS[3], ARGV[1]) or "0") == ARGV[2] then redis.call("HDEL", KEYS[3], ARGV[1]) end
return changed
