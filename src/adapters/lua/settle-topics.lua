-- Fresh memberships take the place of the old ones, together with the rules that they were made by. What the readers
-- of a renamed topic know goes along, and what editors did in it, and so do its documents, from which the next ones are
-- told apart, and its archives.
-- Refused where the fence moved on.
-- KEYS: desk, items, rules, edited, touched, documents, swapped, editing, version of what is stored of topics
-- ARGV: fence, topic prefix, told prefix, withdrawn prefix, filing prefix, document prefix, JSON
--   JSON = { topics: [{ topic, rules, isAnew, editedAt?, from? }], moves: [[path of a document, its path from now on]] }
-- -> 1 | 0 the fence moved on
if redis.call("HGET", KEYS[1], "fence") ~= ARGV[1] then return 0 end
local function move(prefix, from, to)
  if redis.call("EXISTS", prefix .. from) == 1 then redis.call("RENAME", prefix .. from, prefix .. to) end
end
local function moveDocument(from, to)
  local etag = redis.call("HGET", KEYS[6], from)
  if not etag or redis.call("HEXISTS", KEYS[6], to) == 1 then return end
  move(ARGV[6], from, to)
  redis.call("HSET", ARGV[6] .. to, "path", to)
  redis.call("HSET", KEYS[6], to, etag)
  redis.call("HDEL", KEYS[6], from)
  for _, path in ipairs({ from, to }) do redis.call("XADD", KEYS[7], "MAXLEN", "~", 5000, "*", "path", path) end
end
local function moveEditing(from, to)
  local acts = redis.call("HGET", KEYS[8], from)
  if not acts then return end
  -- of several that are one now each has its own, until an editor writes them as one
  if redis.call("HSETNX", KEYS[8], to, acts) == 1 then redis.call("HDEL", KEYS[8], from) end
  redis.call("INCR", KEYS[9])
end
local function settle(one)
  local live = ARGV[2] .. one.topic
  local fresh = live .. ":fresh"
  if one.from then
    for at = 3, 5 do move(ARGV[at], one.from, one.topic) end
    moveEditing(one.from, one.topic)
    local editedAt = redis.call("HGET", KEYS[4], one.from)
    if editedAt then redis.call("HSET", KEYS[4], one.topic, editedAt) end
  end
  if one.isAnew then
    -- without what was swept meanwhile
    if redis.call("ZINTERSTORE", fresh, 2, fresh, KEYS[2], "WEIGHTS", 1, 0) > 0 then
      redis.call("RENAME", fresh, live)
    else
      redis.call("DEL", fresh, live)
    end
  end
  redis.call("HSET", KEYS[3], one.topic, one.rules)
  if one.editedAt then redis.call("HSET", KEYS[4], one.topic, one.editedAt) end
  redis.call("HDEL", KEYS[4], one.topic .. " " .. one.rules)
  redis.call("HINCRBY", KEYS[5], one.topic, 1)
end
-- nothing is done twice: the answer to an earlier try may have been lost
local change = cjson.decode(ARGV[7])
for _, one in ipairs(change.topics) do
  if redis.call("HGET", KEYS[3], one.topic) ~= one.rules then settle(one) end
end
for _, paths in ipairs(change.moves) do moveDocument(paths[1], paths[2]) end
return 1
