#!lua flags=allow-oom
-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0
--
-- Publishes a position, if this is the master on which all evictions up to it are known to be. Or, without a position,
-- only tells which master this is and what is published on it.
--   KEYS: the position's hash
--   ARGV: the master that is expected, what its TIME said in µs when everything committed before had to be evicted still
--         (or empty), field, value, …
-- Answers {1 if it was published, else 0, the master's identity, its TIME in µs, field, value, …}
--
-- The hash is one key of bounded size, and evictions make room: so it is written though Redis has no memory left.

local function field(section, name)
    return string.match(redis.call('INFO', section), name .. ':(%x+)')
end

-- The run id is another after each start; the replication id after each promotion, also where the process lives on.
local master = field('server', 'run_id') .. ':' .. field('replication', 'master_replid')
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]

if #ARGV > 0 and ARGV[1] == master then
    if ARGV[2] == '' then
        -- What stands there may be of another master's clock.
        redis.call('UNLINK', KEYS[1])
    else
        -- Where the clock was set back meanwhile, that is all that is sure.
        local held = math.min(ARGV[2], now)
        redis.call('HSET', KEYS[1], 'held-at', string.format('%.0f', held))
    end
    redis.call('HSET', KEYS[1], 'master', master, unpack(ARGV, 3))
    return {1, master, string.format('%.0f', now)}
end

return {0, master, string.format('%.0f', now), unpack(redis.call('HGETALL', KEYS[1]))}
