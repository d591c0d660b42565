-- What a batch of news came to, in one step with the position it was read to. Refused where the fence moved on, or where
-- Redis came back without its last second: what this desk has decided is not all here. Nothing is done twice where the
-- position is already there (the answer to an earlier try was lost).
-- KEYS: desk, decided, aliases, touched, items
-- ARGV: fence, position before, position after, place prefix, topic prefix, story prefix, JSON, prefix of withdrawn
--   JSON = { outcomes: [text of one decided entry],
--            places: [{ item, story, arrivedAt, fields: [name, value, ...], unset: [name], topics: [id] }],
--            moved: [{ item, story, storyIri }], aliases: [[from, into]], revived: [story],
--            withdrawn: [{ item, at }] }
-- -> { touched topic ... } | 0 refused
if redis.call("HGET", KEYS[1], "fence") ~= ARGV[1] then return 0 end
local position = redis.call("HGET", KEYS[1], "position") or "0-0"
if position == ARGV[3] and ARGV[2] ~= ARGV[3] then return {} end
if position ~= ARGV[2] then return 0 end

local all = cjson.decode(ARGV[7])
local touched = {}
local function touch(topic) touched[topic] = true end
local function topicsOf(item) return redis.call("HGET", ARGV[4] .. item, "topics") or "" end
-- A story's topics show how many tell it, and may ask for it, so each of them is touched when the story grows or shrinks.
local STORY_REACH = 50
local function eachTopic(text, visit) for topic in string.gmatch(text, "[^,]+") do visit(topic) end end

local function touchMembers(story)
  for _, member in ipairs(redis.call("ZREVRANGE", ARGV[6] .. story, 0, STORY_REACH - 1)) do eachTopic(topicsOf(member), touch) end
end
local function leave(item, story)
  if not story then return end
  redis.call("ZREM", ARGV[6] .. story, item)
  touchMembers(story)
end
local function join(item, story, arrivedAt)
  touchMembers(story)
  redis.call("ZADD", ARGV[6] .. story, arrivedAt, item)
end

-- One that was withdrawn, and is shown again.
local function comeBack(item, key)
  local topics = redis.call("HGET", key, "lastTopics")
  if not topics then return end
  eachTopic(topics, function(topic)
    redis.call("ZREM", ARGV[8] .. topic, item)
    touch(topic)
  end)
  redis.call("ZREM", ARGV[8], item)
  redis.call("HDEL", key, "lastStory", "lastTopics")
end

for _, place in ipairs(all.places) do
  local key = ARGV[4] .. place.item
  local now = {}
  local story = redis.call("HGET", key, "story")
  if story ~= place.story then leave(place.item, story) end
  comeBack(place.item, key)
  join(place.item, place.story, place.arrivedAt)
  for _, topic in ipairs(place.topics) do
    now[topic] = true
    redis.call("ZADD", ARGV[5] .. topic, place.arrivedAt, place.item)
    touch(topic)
  end
  eachTopic(topicsOf(place.item), function(topic)
    if not now[topic] then
      redis.call("ZREM", ARGV[5] .. topic, place.item)
      touch(topic)
    end
  end)
  if #place.unset > 0 then redis.call("HDEL", key, unpack(place.unset)) end
  redis.call("HSET", key, "topics", table.concat(place.topics, ","), unpack(place.fields))
end
for _, move in ipairs(all.moved) do
  local story = redis.call("HGET", ARGV[4] .. move.item, "story")
  if story then
    leave(move.item, story)
    join(move.item, move.story, redis.call("ZSCORE", KEYS[5], move.item) or 0)
    redis.call("HSET", ARGV[4] .. move.item, "story", move.story, "storyIri", move.storyIri)
    eachTopic(topicsOf(move.item), touch)
  end
end
for _, alias in ipairs(all.aliases) do redis.call("HSET", KEYS[3], alias[1], alias[2]) end
for _, story in ipairs(all.revived) do redis.call("HDEL", KEYS[3], story) end
-- A withdrawn item keeps its text and what its place was until the sweep: it may be shown again.
local MOST_WITHDRAWN = { topic = 100, all = 1000 }
local function recordWithdrawn(list, item, at, most)
  redis.call("ZADD", list, at, item)
  redis.call("ZREMRANGEBYRANK", list, 0, -most - 1)
end
for _, gone in ipairs(all.withdrawn) do
  local key = ARGV[4] .. gone.item
  local story, topics = redis.call("HGET", key, "story"), topicsOf(gone.item)
  eachTopic(topics, function(topic)
    redis.call("ZREM", ARGV[5] .. topic, gone.item)
    recordWithdrawn(ARGV[8] .. topic, gone.item, gone.at, MOST_WITHDRAWN.topic)
    touch(topic)
  end)
  recordWithdrawn(ARGV[8], gone.item, gone.at, MOST_WITHDRAWN.all)
  if story then
    leave(gone.item, story)
    redis.call("HDEL", key, "story", "topics")
    redis.call("HSET", key, "lastStory", story, "lastTopics", topics)
  end
end
for _, outcome in ipairs(all.outcomes) do redis.call("XADD", KEYS[2], "MAXLEN", "~", 50000, "*", "outcome", outcome) end

local list = {}
for topic in pairs(touched) do
  redis.call("HINCRBY", KEYS[4], topic, 1)
  list[#list + 1] = topic
end
redis.call("HSET", KEYS[1], "position", ARGV[3])
return list
