-- Copyright The Freshet Authors
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
-- @include parts/contract.lua

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

-- @include parts/time.lua
-- @include parts/isolate-time.lua
-- @include parts/lease.lua

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
