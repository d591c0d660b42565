-- There is one desk. Its lease expires by Redis's clock, since two machines' clocks differ, and each new owner raises the
-- fence, so that a desk that slept through its lease while another took over can write nothing more
-- (Kleppmann, "How to do distributed locking", 2016). Fences begin with the time: a Redis that lost everything must not
-- give out the one that a desk believes it has, or that desk would go on where nothing is left.
-- KEYS: desk   ARGV: owner, lease ms   -> fence | 0 = another one holds it
local seconds, micros = unpack(redis.call("TIME"))
local now = tonumber(seconds) * 1000 + math.floor(tonumber(micros) / 1000)
-- A lease that ends later than any is from before Redis's clock was put back; who has it renews it soon.
local latest = now + tonumber(ARGV[2]) + 60000
local owner, expires = unpack(redis.call("HMGET", KEYS[1], "owner", "expiresAt"))
expires = tonumber(expires or "0")
if owner and owner ~= ARGV[1] and expires > now and expires <= latest then return 0 end
if owner ~= ARGV[1] then
  redis.call("HSETNX", KEYS[1], "fence", seconds)
  redis.call("HINCRBY", KEYS[1], "fence", 1)
end
redis.call("HSET", KEYS[1], "owner", ARGV[1], "expiresAt", string.format("%d", now + tonumber(ARGV[2])))
return tonumber(redis.call("HGET", KEYS[1], "fence"))
