-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0
--
-- Stores an entry, unless what it was computed from may have changed since its token was taken; and ends its lease.
--   KEYS: the isolate's fence set, the entry, the set of each tag
--   ARGV: the token (created, time), lifetime of a fence in ms, time to live in ms, the text between the
--         tags and the value ("at" and "snapshot", or nothing), the value as JSON, the published position's key, its
--         field that lists the kinds of tags evicted in this isolate, the reader's database as
--         <system identifier>/<name> or empty, the tags' names
-- Returns 'stored', or why not: 'lost', 'old', 'fenced', 'no-invalidator', 'foreign', 'uncovered <kind>' (begin.lua).
-- The position's key is not declared: in a Cluster it is in another slot of the same master.
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

-- Why nothing may be stored or taken, if so: 'no-invalidator' if none ever published here, 'foreign' if it works on
-- another database than the reader.
local function refusal(covers, system, database, own)
    if not covers then
        return 'no-invalidator'
    end
    if own ~= '' and own ~= (system or '') .. '/' .. (database or '') then
        return 'foreign'
    end
end

-- Returns the kind of a tag if nobody evicts it, else false. The kind of 'branch:7/task' is 'branch/task'. What begins
-- with '!' is evicted by programs, not by the invalidator. A space stands before and behind each of the kinds.
local function uncovered(tag, kinds)
    if string.sub(tag, 1, 1) == '!' then
        return false
    end
    local entity, facet = string.match(tag, '^([^:]*):[^/]*(.*)$')
    local kind = entity and entity .. facet or tag
    local known = string.find(kind, '^[^ ]+$') and string.find(kinds, ' ' .. kind .. ' ', 1, true)
    return not known and kind
end

-- The key of an entry's lease. It holds which process has it, and expires by itself. It lies in the entry's slot.
local function lease_of(entry)
    local owner = string.find(entry, '}:', 1, true)
    return string.sub(entry, 1, owner + 1) .. '~lease:' .. string.sub(entry, owner + 2)
end

local fences, key = KEYS[1], KEYS[2]
local created, token = tonumber(ARGV[1]), tonumber(ARGV[2])
local lifetime, ttl, trace, value = tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5], ARGV[6]

-- What nobody evicts is not stored.
local covers, system, database = unpack(redis.call('HMGET', ARGV[7], ARGV[8], 'system', 'database'))
local refused = refusal(covers, system, database, ARGV[9])
if refused then
    return refused
end
local tags = {unpack(ARGV, 10)}
local kinds = ' ' .. covers .. ' '
for _, tag in ipairs(tags) do
    local kind = uncovered(tag, kinds)
    if kind then
        return 'uncovered ' .. kind
    end
end

-- The fence set is dropped as a whole or not at all, and says when it was created. A later set knows nothing of what
-- was purged before it.
local standing = created_at(fences)
if not standing or tonumber(standing) ~= created then
    return 'lost'
end

-- Fences older than their lifetime are trimmed, so a token must be younger; half of it leaves a margin.
local now = isolate_time(fences, redis_time(), 0)
if now - token > lifetime * 500 then
    return 'old'
end

for _, fenced in ipairs(redis.call('ZMSCORE', fences, unpack(tags))) do
    if fenced and tonumber(fenced) >= token then
        return 'fenced'
    end
end

-- The entry first: if this script broke off halfway, a new entry that some tag does not list is a miss, while an old
-- entry that its tags list again would be stale.
redis.call('SET', key, '{"tags":["' .. table.concat(tags, '","') .. '"],' .. trace .. '"value":' .. value .. '}', 'PX', ttl)
for i = 3, #KEYS do
    redis.call('SADD', KEYS[i], key)
    if redis.call('PTTL', KEYS[i]) < ttl then
        redis.call('PEXPIRE', KEYS[i], ttl)
    end
end
-- Whoever has it: the entry is there. Who waits is told by that, where Redis tells it of changes.
redis.call('UNLINK', lease_of(key))
return 'stored'
