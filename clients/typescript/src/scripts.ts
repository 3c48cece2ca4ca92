// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** The scripts of a reader, as in clients/vectors/scripts; a test holds them to be the same. */

export const BEGIN = String.raw`-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0
--
-- Reads entries of one isolate, or gives a token for filling them.
--   KEYS: the isolate's fence set, the entry; or several entries
--   ARGV: the prefix of the isolate's tag sets, lifetime of a fence in ms, the published position's key, its field
--         that lists the kinds of tags evicted in this isolate, the reader's database as <system identifier>/<name> or
--         empty; and if the position must prove something, either 'session' with the two halves of the lowest WAL
--         position allowed and the system identifier of its cluster or nothing, or
--         'bounded' with the highest age allowed, in µs; and at last, if one process is to load for all, 'lease' with
--         the name of this process and the lifetime of a lease in ms
-- Returns {entry}, or {nil, created, time}: when the fence set was created and when this load begins, in µs. A fourth
-- element says what is in the way, if anything: 'behind' if the position does not prove what it must,
-- 'uncovered <kind>' if the entry had a tag of a kind that nobody evicts. Returns {nil, nil, nil, why} if nothing may
-- be stored: 'no-invalidator' if none ever published here, 'foreign' if it works on another database than the reader;
-- and {nil, nil, nil, 'leased'} if another process is loading the entry. With 'lease', a token alone means that this
-- process has the lease now.
-- For several entries, returns a list of such answers, in their order; or one alone if nothing may be stored.
-- The position's key is not declared: in a Cluster it is in another slot of the same master.
--

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

local covers, system, database = unpack(redis.call('HMGET', ARGV[3], ARGV[4], 'system', 'database'))

local refused = refusal(covers, system, database, ARGV[5])
if refused then
    return {false, false, false, refused}
end
local kinds = ' ' .. covers .. ' '

-- An entry counts only while each of its tags still lists it: Redis may have dropped a tag's set and kept the entry,
-- and then nothing would ever purge it. The tags come first and contain neither ']' nor '"', so a large document need
-- not be parsed. If one of the tags is of a kind that nobody evicts, the kind is returned as a second value.
local function listed(entry, key)
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
        local kind = uncovered(tag, kinds)
        if kind then
            return false, kind
        end
        if redis.call('SISMEMBER', ARGV[1] .. tag, key) == 0 then
            return false
        end
    end
    return true
end

-- Most reads end here. The rest would cost Redis as much again: functions are made anew with each call.
if #KEYS == 2 and (not ARGV[6] or ARGV[6] == 'lease') then
    local entry = redis.call('GET', KEYS[2])
    if entry and listed(entry, KEYS[2]) then
        return {entry}
    end
end


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

-- The key of an entry's lease. It holds which process has it, and expires by itself. It lies in the entry's slot.
local function lease_of(entry)
    local owner = string.find(entry, '}:', 1, true)
    return string.sub(entry, 1, owner + 1) .. '~lease:' .. string.sub(entry, owner + 2)
end

-- How long a wish of readers is valid, in µs.
local WANTED_FOR = 60000000

local now = redis_time()
local lsn, held, wanted, wanted_until =
    unpack(redis.call('HMGET', ARGV[3], 'lsn', 'held-at', 'wanted', 'wanted-until'))

-- The position is read in the same script as the entry. If read a round trip earlier, it may be another master's; if
-- read later, it may be past a commit that evicted the entry in between. A missing or malformed value proves nothing.
local function proved()
    if ARGV[6] == 'session' then
        -- A number here holds 53 bits, a position has 64.
        local high, low = string.match(lsn or '', '^(%x+)/(%x+)$')
        if not high or #high > 8 or #low > 8 or ARGV[9] ~= '' and ARGV[9] ~= system then
            return false
        end
        high, low = tonumber(high, 16), tonumber(low, 16)
        local leastHigh, leastLow = tonumber(ARGV[7]), tonumber(ARGV[8])
        return high > leastHigh or high == leastHigh and low >= leastLow
    elseif ARGV[6] == 'bounded' then
        held = tonumber(held or '')
        local age = held and now - held
        -- Held in the future: the clock was set back, and nobody knows by how much.
        return age and age >= 0 and age <= tonumber(ARGV[7])
    end
    return true
end

-- Tells the invalidator the highest age of a position that readers accept, for a minute at a time. It then publishes
-- often enough that a position is seldom older. The lowest age counts. If it cannot be written, the read goes on.
local function want(age)
    local left = (tonumber(wanted_until or '') or 0) - now
    local least = left > 0 and left <= WANTED_FOR and tonumber(wanted or '')
    if not least or age < least or age == least and left < WANTED_FOR / 2 then
        redis.pcall('HSET', ARGV[3], 'wanted', micros(age), 'wanted-until', micros(now + WANTED_FOR))
    end
end

if ARGV[6] == 'bounded' then
    want(tonumber(ARGV[7]))
end

-- The isolate's time is strictly increasing. It is written back; otherwise a clock that steps back could later fence a
-- tag "before" this token. All that is missing begins at one time.
local created, time
local function token()
    if time then
        return
    end
    created = created_at(KEYS[1])
    if created then
        now = isolate_time(KEYS[1], now, 1)
    else
        created = micros(now)
        redis.call('ZADD', KEYS[1], created, CREATED)
    end
    time = micros(now)
    redis.call('ZADD', KEYS[1], time, CLOCK)
    -- An idle owner costs nothing. A token whose fence set went this way is too old anyway.
    redis.call('PEXPIRE', KEYS[1], ARGV[2])
end

-- Whether another process loads the entry; else this one has the lease now. It decides who loads, and nothing else: who
-- waits asks again.
local lease = ARGV[#ARGV - 2] == 'lease'
local function leased(key)
    local name, own = lease_of(key), ARGV[#ARGV - 1]
    return not redis.call('SET', name, own, 'NX', 'PX', ARGV[#ARGV]) and redis.call('GET', name) ~= own
end

local fresh = proved()

local function begin(key)
    local hindrance = not fresh and 'behind'
    local entry = fresh and redis.call('GET', key)
    if entry then
        local right, kind = listed(entry, key)
        if right then
            return {entry}
        end
        redis.call('UNLINK', key)
        hindrance = kind and 'uncovered ' .. kind
    end
    -- A read that the position does not prove gains nothing by waiting: the position is not told by a fill.
    if lease and not hindrance and leased(key) then
        return {false, false, false, 'leased'}
    end
    token()
    if hindrance then
        return {false, created, time, hindrance}
    end
    return {false, created, time}
end

if #KEYS == 2 then
    return begin(KEYS[2])
end
local answers = {}
for i = 2, #KEYS do
    answers[i - 1] = begin(KEYS[i])
end
return answers
`;

export const FILL = String.raw`-- Copyright The Freshet Authors
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
`;
