-- Counts a call in several counters, or in none of them where one is full.
-- KEYS: counters   ARGV: for each of them: how much it holds, for how long it is kept (ms)
-- -> which of them is full, by its place from 1 on | 0
for n, counter in ipairs(KEYS) do
  if tonumber(redis.call("GET", counter) or "0") >= tonumber(ARGV[2 * n - 1]) then return n end
end
for n, counter in ipairs(KEYS) do
  redis.call("INCR", counter)
  redis.call("PEXPIRE", counter, ARGV[2 * n])
end
return 0
