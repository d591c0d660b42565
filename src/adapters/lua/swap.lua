-- Puts a topic's finished documents in the place of the last ones, all formats together, says so, and notes what is new
-- in them for those who are told (hub, alerts). Archives come with the documents that lead to them, or not at all. The
-- topic stays touched where news came in while it was rendered.
-- KEYS: documents, swapped, touched, held, told of the topic, deliveries, filing of the topic, rules
-- ARGV: topic, touched count when rendering began, until when a story waits ("" none does), announcements as JSON,
--   how long after its last item an entry may still be news (ms), turn of the filing when rendering began, filing as JSON ("" as it was),
--   number of documents n, then n times: document key, path, etag, number of fields f, then f times: name, value
--   number of archives that go, then for each: document key, path
--   at last the fingerprint of the rules that it was rendered by ("" whatever they are)
-- Returns how many documents changed; -1 where somebody else rendered the topic meanwhile, or its rules are others by
-- now, or it is gone: then nothing is done.
local changed = 0

local rules = ARGV[#ARGV]
if rules ~= "" and redis.call("HGET", KEYS[8], ARGV[1]) ~= rules then return -1 end

if ARGV[7] ~= "" then
  if (redis.call("HGET", KEYS[7], "turn") or "0") ~= ARGV[6] then return -1 end
  redis.call("HSET", KEYS[7], "turn", ARGV[6] + 1, "filing", ARGV[7])
end

local toldBefore = {}
for _, told in ipairs(cjson.decode(redis.call("GET", KEYS[5]) or "[]")) do toldBefore[told.iri] = true end

-- What an entry is to those who know the last document. One that it did not have is new, unless it was told before it left
-- and has changed since. It is nothing where it was only let in, by an entry that was taken out or by an edit: then
-- nothing of it is as young as what the last document told. Nor where all of it is what feeds were found with (at 0).
local function freshness(entry, known, youngest)
  local mark = known[entry.id]
  if mark then return mark ~= entry.mark and "changed" end
  if entry.at and (entry.at == 0 or entry.at + ARGV[5] < youngest) then return nil end
  return toldBefore[entry.id] and "changed" or "new"
end

-- What is later than now was dated by a clock that was ahead: beside it all that comes would be old.
local latest = tonumber(redis.call("TIME")[1]) * 1000 + 60000

-- Nobody reads a first document yet, so nobody is told.
local function noteFresh(path, etag, before, after)
  if not before or not after then return end
  local known, youngest, fresh = {}, 0, { new = {}, changed = {} }
  for _, entry in ipairs(cjson.decode(before)) do
    known[entry.id] = entry.mark
    if entry.at and entry.at <= latest then youngest = math.max(youngest, entry.at) end
  end
  for _, entry in ipairs(cjson.decode(after)) do
    local kind = freshness(entry, known, youngest)
    if kind then fresh[kind][#fresh[kind] + 1] = entry.id end
  end
  if #fresh.new + #fresh.changed == 0 then return end
  -- an empty table would be written as {}
  for kind, ids in pairs(fresh) do if #ids == 0 then fresh[kind] = nil end end
  redis.call("XADD", KEYS[6], "MAXLEN", "~", 10000, "*", "topic", ARGV[1], "path", path, "etag", etag, "fresh", cjson.encode(fresh))
end

-- Another document has another second, even where its newest entry was taken out: so Last-Modified tells them apart.
local function dateLater(key, before)
  if not before then return end
  local last = math.floor(tonumber(before) / 1000)
  if math.floor(tonumber(redis.call("HGET", key, "modifiedAt")) / 1000) <= last then
    redis.call("HSET", key, "modifiedAt", string.format("%.0f", (last + 1) * 1000))
  end
end

local at = 9
for _ = 1, tonumber(ARGV[8]) do
  local key, path, etag, fields = ARGV[at], ARGV[at + 1], ARGV[at + 2], tonumber(ARGV[at + 3])
  at = at + 4
  if redis.call("HGET", KEYS[1], path) ~= etag then
    local before = redis.call("HMGET", key, "entries", "modifiedAt")
    redis.call("DEL", key)
    for n = 0, fields - 1 do redis.call("HSET", key, ARGV[at + 2 * n], ARGV[at + 2 * n + 1]) end
    redis.call("HSET", KEYS[1], path, etag)
    redis.call("XADD", KEYS[2], "MAXLEN", "~", 5000, "*", "path", path)
    dateLater(key, before[2])
    noteFresh(path, etag, before[1], redis.call("HGET", key, "entries"))
    changed = changed + 1
  end
  at = at + 2 * fields
end
for n = 1, tonumber(ARGV[at]) do
  local key, path = ARGV[at + 2 * n - 1], ARGV[at + 2 * n]
  redis.call("DEL", key)
  redis.call("HDEL", KEYS[1], path)
  redis.call("XADD", KEYS[2], "MAXLEN", "~", 5000, "*", "path", path)
end
if ARGV[3] == "" then redis.call("ZREM", KEYS[4], ARGV[1]) else redis.call("ZADD", KEYS[4], ARGV[3], ARGV[1]) end
if changed > 0 or redis.call("EXISTS", KEYS[5]) == 0 then redis.call("SET", KEYS[5], ARGV[4]) end
if (redis.call("HGET", KEYS[3], ARGV[1]) or "0") == ARGV[2] then redis.call("HDEL", KEYS[3], ARGV[1]) end
return changed
