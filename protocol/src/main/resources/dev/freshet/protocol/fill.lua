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
-- @include parts/time.lua
-- @include parts/isolate-time.lua
-- @include parts/contract.lua
-- @include parts/lease.lua

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
