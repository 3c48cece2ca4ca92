#!lua flags=allow-oom
-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0
--
-- Publishes a position, if this is the master that is known to have all evictions up to it, and if no other instance
-- has begun to work in the namespace since. Without a position, it only returns which master this is and what is
-- published on it.
--   KEYS: the position's hash
--   ARGV: the expected master, a TIME of it in µs such that everything committed before has been evicted (or empty),
--         the claim of this instance, the hash of its mapping, that mapping's text (or empty), field, value, …
-- Returns {outcome, the master's identity, its TIME in µs, field, value, …}; outcome is 1 if it was published, 2 if
-- another instance has begun since, 3 if the text of the mapping is needed, else 0
--
-- The hash is one key of bounded size, and evictions make room. So it is written even if Redis has no memory left.
--

-- Redis' TIME in µs.
local function redis_time()
    local t = redis.call('TIME')
    return t[1] * 1000000 + t[2]
end

-- A time as Redis takes it. Lua on its own would print 14 digits of it.
local function micros(time)
    return string.format('%.0f', time)
end

-- Whether another instance has begun to work in the namespace since the one of this claim did.
local function superseded(standing, claim)
    return standing and tonumber(standing) > tonumber(claim)
end

local function field(section, name)
    return string.match(redis.call('INFO', section), name .. ':(%x+)')
end

-- The run id is another after each start; the replication id after each promotion, also where the process lives on.
local master = field('server', 'run_id') .. ':' .. field('replication', 'master_replid')
local now = redis_time()

if #ARGV > 0 and ARGV[1] == master then
    local standing = redis.call('HMGET', KEYS[1], 'claim', 'mapping-kept')
    if superseded(standing[1], ARGV[3]) then
        return {2, master, micros(now)}
    end
    -- The text is large and always the same, so it is sent and written only where it is missing.
    if ARGV[4] ~= '' and standing[2] ~= ARGV[4] then
        if ARGV[5] == '' then
            return {3, master, micros(now)}
        end
        redis.call('HSET', KEYS[1], 'mapping-kept', ARGV[4], 'mapping-text', ARGV[5])
    end
    if ARGV[2] == '' then
        -- What stands there may be of another master's clock.
        redis.call('HDEL', KEYS[1], 'held-at')
    else
        -- Where the clock was set back meanwhile, that is all that is sure.
        local held = math.min(ARGV[2], now)
        redis.call('HSET', KEYS[1], 'held-at', micros(held))
    end
    if ARGV[3] ~= '0' then
        redis.call('HSET', KEYS[1], 'claim', ARGV[3])
    end
    redis.call('HSET', KEYS[1], 'master', master, unpack(ARGV, 6))
    return {1, master, micros(now)}
end

local answer = {0, master, micros(now)}
local fields = redis.call('HGETALL', KEYS[1])
for i = 1, #fields, 2 do
    if fields[i] ~= 'mapping-text' then
        table.insert(answer, fields[i])
        table.insert(answer, fields[i + 1])
    end
end
return answer
