#!lua flags=allow-oom
-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0
--
-- A process starts reading the stream at a place. Counts the earlier processes that were lost there: they started
-- there, and then neither got any further, nor reported that they stopped reading, nor came back.
--   KEYS: the position's hash
--   ARGV: the claim of this instance, the process, the place, how many lost ones are enough at a new place, 1 if a
--     count that is full and was reported starts again
-- Returns how many were lost, and how many are enough. A place has the process that reads it (read-by), those that
-- were lost at it (lost, separated by spaces), and how many are enough (enough). Running it twice does no harm.
--
-- @include parts/claims.lua

local standing = redis.call('HMGET', KEYS[1], 'claim', 'read-by', 'read-from', 'lost', 'enough')
if superseded(standing[1], ARGV[1]) then
    return {0, tonumber(ARGV[4])}
end
local lost = {}
local enough = tonumber(ARGV[4])
if standing[3] == ARGV[3] then
    enough = tonumber(standing[5] or '') or enough
    for process in string.gmatch(standing[4] or '', '%S+') do
        if process ~= ARGV[2] and process ~= standing[2] then
            table.insert(lost, process)
        end
    end
    if standing[2] and standing[2] ~= ARGV[2] then
        table.insert(lost, standing[2])
    end
    if ARGV[5] == '1' and not standing[2] and #lost >= enough then
        lost = {}
    end
end
redis.call('HSET', KEYS[1], 'read-by', ARGV[2], 'read-from', ARGV[3], 'lost', table.concat(lost, ' '),
    'enough', string.format('%.0f', enough))
return {#lost, enough}
