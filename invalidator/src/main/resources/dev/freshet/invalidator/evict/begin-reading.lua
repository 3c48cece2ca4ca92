#!lua flags=allow-oom
-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0
--
-- A process begins to read the stream from a place. Counts those before it that began there and were never heard of again:
-- they neither got any further nor ended as told.
--   KEYS: the position's hash
--   ARGV: the claim of this instance, the process, the place, how many are enough
-- Answers how many there were. Once there are enough, the count starts again.

local standing = redis.call('HMGET', KEYS[1], 'claim', 'read-by', 'read-from', 'lost')
if standing[1] and tonumber(standing[1]) > tonumber(ARGV[1]) then
    return 0
end
local lost = 0
if standing[3] == ARGV[3] then
    lost = tonumber(standing[4] or '') or 0
    if standing[2] and standing[2] ~= ARGV[2] then
        lost = lost + 1
    end
end
local kept = lost < tonumber(ARGV[4]) and lost or 0
redis.call('HSET', KEYS[1], 'read-by', ARGV[2], 'read-from', ARGV[3], 'lost', string.format('%.0f', kept))
return lost
