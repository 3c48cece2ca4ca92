-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0
--
-- Fences some tags of one isolate at a new time, then unlinks the entries under them, as many as the budget allows.
--   KEYS: the isolate's fence set, the set of each tag
--   ARGV: lifetime of a fence in ms, the most entries to unlink, the most of their names to return for each tag,
--         the most fences to keep, the tags' names
-- Returns {tags done, {entries unlinked, name, …} for each tag that was looked at}. If not all tags are done, call
-- again with the others: the first of them may be partly done.
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

-- Not tags: when the fence set was created, and the last time that was given out.
local CREATED, CLOCK = '~created', '~clock'

-- When the fence set was created; false if there is none.
local function created_at(fences)
    return redis.call('ZSCORE', fences, CREATED)
end

-- The time now, by Redis' clock, and at least this many µs after the last one: a clock that steps back does not count.
local function isolate_time(fences, now, after)
    return math.max(now, redis.call('ZSCORE', fences, CLOCK) + after)
end

local fences = KEYS[1]
local lifetime, budget, wanted, most = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])

-- The fence before anything else: a fill that comes between two chunks must find it. Where there is no fence set there
-- is no token that it could be held against, as a later set has a later time of creation.
local created = created_at(fences)
if created then
    local now = isolate_time(fences, redis_time(), 1)
    local time = micros(now)
    local scored = {time, CLOCK}
    for i = 5, #ARGV do
        table.insert(scored, time)
        table.insert(scored, ARGV[i])
    end
    -- Dropping the whole set fences every tag of the isolate and needs no memory. So do that where the set has grown out
    -- of bounds, or Redis has no memory for it.
    local fits = redis.call('ZCARD', fences) + #KEYS <= most
    local added = fits and redis.pcall('ZADD', fences, unpack(scored))
    if type(added) == 'number' then
        redis.call('PEXPIRE', fences, lifetime)
        -- Above CREATED, which has the lowest time of all. Some at a time, but more than were added.
        local oldest = micros(now - lifetime * 1000)
        local expired = redis.call('ZRANGE', fences, '(' .. created, '(' .. oldest, 'BYSCORE', 'LIMIT', 0, 2 * #KEYS + 100)
        if #expired > 0 then
            redis.call('ZREM', fences, unpack(expired))
        end
    else
        redis.call('UNLINK', fences)
    end
end

local answer = {0}
for i = 2, #KEYS do
    local keys = redis.call('SPOP', KEYS[i], budget)
    local named = math.min(wanted, #keys)
    local unlinked = {0}
    for j = 1, named do
        -- A key that expired is still listed: only what existed is named.
        if redis.call('UNLINK', keys[j]) == 1 then
            unlinked[1] = unlinked[1] + 1
            table.insert(unlinked, keys[j])
        end
    end
    if #keys > named then
        unlinked[1] = unlinked[1] + redis.call('UNLINK', unpack(keys, named + 1))
    end
    table.insert(answer, unlinked)
    budget = budget - #keys
    if budget <= 0 then
        if redis.call('EXISTS', KEYS[i]) == 0 then
            answer[1] = i - 1
        end
        return answer
    end
    answer[1] = i - 1
end
return answer
