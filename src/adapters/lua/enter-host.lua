-- Asks whether a request to a host may start: a gap between two starts, at most so many under way, and what was learned
-- of the host (HostBudget). Who is patient enough gets the next free moment for his own; who is not is told when to come
-- back, each at another moment, so that a crowd does not come back at once.
-- Several requests may ask at once; each is answered as if it were alone, in their order.
-- KEYS: four a request: requests under way, next free moment, last promised moment, budget
-- ARGV: gap ms, limit, longest request ms, then five a request: now, token, route, patience ms,
--       1 = comes at the moment that is his own
-- -> three a request: 0 = go | ms to wait, 1 = the moment after that is his own | 0 = come back then, budget as JSON or ""
local BUSY, PROBE_GAP, MAX_PROMISE = 200, 60000, 3600000
-- What lies later than this was written by a clock that was ahead: the next free moment, a pause that a host asked for
-- (a week, and what clocks differ).
local MAX_FREE, MAX_PAUSE, TOLERANCE = 600000, 8 * 86400000, 60000

local function within(at, latest)
  at = tonumber(at or "0")
  return at <= latest and at or 0
end

local function enter(activeKey, freeKey, promisedKey, budgetKey, now, token, route, patience, hasMoment)
  local gap, limit = tonumber(ARGV[1]), tonumber(ARGV[2])
  local known = redis.call("MGET", freeKey, promisedKey, budgetKey)
  local text = known[3] or ""
  if text ~= "" then
    local budget = cjson.decode(text)
    gap, limit = math.ceil(gap / budget.pace), math.max(1, math.floor(limit * budget.pace))
    local shut = budget.routes[route]
    local shutUntil = within(shut and shut["until"], now + MAX_PAUSE)
    if shutUntil > now then return shutUntil - now, 0, text end
    local closedUntil = within(budget.closedUntil, now + MAX_PAUSE)
    if closedUntil > now then
      local opens = budget.probeAt or closedUntil
      if opens > now then return opens - now, 0, text end
      gap, limit = math.max(gap, PROBE_GAP), 1
    end
  end

  local function comeBack(soonest)
    local promised = math.min(math.max(soonest, within(known[2], now + MAX_PROMISE + TOLERANCE) + gap), now + MAX_PROMISE)
    redis.call("SET", promisedKey, string.format("%d", promised), "PX", promised - now + gap + BUSY)
    return promised - now, 0, text
  end

  redis.call("ZREMRANGEBYSCORE", activeKey, "-inf", now)
  redis.call("ZREMRANGEBYSCORE", activeKey, now + tonumber(ARGV[3]) + TOLERANCE, "+inf")
  local busy = redis.call("ZCARD", activeKey) >= limit
  if not hasMoment then
    local free = math.max(now, within(known[1], now + MAX_FREE))
    local soonest = busy and math.max(free, now + BUSY) or free
    if soonest - now > patience then return comeBack(soonest) end
    if gap > 0 then redis.call("SET", freeKey, string.format("%d", free + gap), "PX", free + gap - now) end
    if soonest > now then return soonest - now, 1, text end
  elseif busy then
    if patience < BUSY then return comeBack(now + BUSY) end
    return BUSY, 1, text
  end
  redis.call("ZADD", activeKey, now + tonumber(ARGV[3]), token)
  redis.call("PEXPIRE", activeKey, ARGV[3])
  return 0, 1, text
end

local answers = {}
for n = 0, #KEYS / 4 - 1 do
  local key, arg = 4 * n, 3 + 5 * n
  local wait, isKept, budget = enter(
    KEYS[key + 1], KEYS[key + 2], KEYS[key + 3], KEYS[key + 4],
    tonumber(ARGV[arg + 1]), ARGV[arg + 2], ARGV[arg + 3], tonumber(ARGV[arg + 4]), ARGV[arg + 5] == "1")
  answers[3 * n + 1], answers[3 * n + 2], answers[3 * n + 3] = wait, isKept, budget
end
return answers
