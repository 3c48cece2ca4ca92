-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0
--
-- Reads an entry, or gives a token for filling it.
--   KEYS: the isolate's fence set, the entry
--   ARGV: what the isolate's tag sets start with, lifetime of a fence in ms, and if the published position must prove
--         something: its key, and 'session' with the two halves of the least WAL position, or 'bounded' with the age
--         in µs that it may have at most
-- Answers {entry} or {nil, created, time}: when the fence set was created and when this load begins, in µs. With a
-- fourth element if the position does not prove what it must.
-- The position's key is no declared one: in a cluster it lies in another slot of the same master.

-- An entry counts only while each of its tags still lists it: Redis may have dropped a tag's set and kept the entry,
-- and then nothing would ever purge it. The tags come first and hold neither ']' nor '"', so that a large document
-- need not be parsed.
local function listed(entry)
    local tags, after = string.match(entry, '^{"tags":%[("[^%]]*")%],()')
    if not tags then
        return false
    end
    after = string.match(entry, '^"at":"%x+/%x+",()', after) or after
    after = string.match(entry, '^"snapshot":"[%d:,]*",()', after) or after
    if string.sub(entry, after, after + 7) ~= '"value":' then
        return false
    end
    for tag in string.gmatch(tags, '"([^"]+)"') do
        if redis.call('SISMEMBER', ARGV[1] .. tag, KEYS[2]) == 0 then
            return false
        end
    end
    return true
end

-- Read in the same script as the entry: a position that was read a round trip earlier may be another master's, one that
-- is read later may have passed a commit that evicted the entry meanwhile. What is missing or odd proves nothing.
local function proved()
    if ARGV[4] == 'session' then
        -- A number here holds 53 bits, a position has 64.
        local high, low = string.match(redis.call('HGET', ARGV[3], 'lsn') or '', '^(%x+)/(%x+)$')
        if not high or #high > 8 or #low > 8 then
            return false
        end
        high, low = tonumber(high, 16), tonumber(low, 16)
        local leastHigh, leastLow = tonumber(ARGV[5]), tonumber(ARGV[6])
        return high > leastHigh or high == leastHigh and low >= leastLow
    elseif ARGV[4] == 'bounded' then
        local held = tonumber(redis.call('HGET', ARGV[3], 'held-at') or '')
        local t = redis.call('TIME')
        local age = held and t[1] * 1000000 + t[2] - held
        -- Held in the future: the clock was set back, and nobody knows by how much.
        return age and age >= 0 and age <= tonumber(ARGV[5])
    end
    return true
end

local fresh = proved()
local entry = fresh and redis.call('GET', KEYS[2])
if entry then
    if listed(entry) then
        return {entry}
    end
    redis.call('UNLINK', KEYS[2])
end

-- Redis time, made strictly increasing for the isolate. Written back, or a clock that steps back could later fence a
-- tag "before" this token.
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local created = redis.call('ZSCORE', KEYS[1], '~created')
if created then
    now = math.max(now, redis.call('ZSCORE', KEYS[1], '~clock') + 1)
else
    created = string.format('%.0f', now)
    redis.call('ZADD', KEYS[1], created, '~created')
end
local time = string.format('%.0f', now)
redis.call('ZADD', KEYS[1], time, '~clock')
-- An idle owner costs nothing. A token whose fence set went this way is too old anyway.
redis.call('PEXPIRE', KEYS[1], ARGV[2])
if fresh then
    return {false, created, time}
end
return {false, created, time, 'behind'}
