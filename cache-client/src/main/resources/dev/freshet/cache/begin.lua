-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0
--
-- Reads an entry, or gives a token for filling it.
--   KEYS: the isolate's fence set, the entry
--   ARGV: what the isolate's tag sets start with, lifetime of a fence in ms
-- Answers {entry} or {nil, created, time}: when the fence set was created and when this load begins, in µs.

-- An entry counts only while each of its tags still lists it: Redis may have dropped a tag's set and kept the entry,
-- and then nothing would ever purge it. The tags come first and hold neither ']' nor '"', so that a large document
-- need not be parsed.
local function listed(entry)
    local tags = string.match(entry, '^{"tags":%[("[^%]]*")%],"value":')
    if not tags then
        return false
    end
    for tag in string.gmatch(tags, '"([^"]+)"') do
        if redis.call('SISMEMBER', ARGV[1] .. tag, KEYS[2]) == 0 then
            return false
        end
    end
    return true
end

local entry = redis.call('GET', KEYS[2])
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
return {false, created, time}
