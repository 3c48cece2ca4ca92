-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0
--
-- The clock of this Redis.

-- Redis' TIME in µs.
local function redis_time()
    local t = redis.call('TIME')
    return t[1] * 1000000 + t[2]
end

-- A time as Redis takes it. Lua on its own would print 14 digits of it.
local function micros(time)
    return string.format('%.0f', time)
end
