-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0
--
-- The isolate's time, which its fence set keeps.

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
