#!lua flags=allow-oom
-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0
--
-- A process stops reading but lives, or ends as it was told to. It does not count as lost; if another process started
-- meanwhile and counted it as lost, that is undone.
--   KEYS: the position's hash
--   ARGV: the process
-- Returns 1 if it was the process that read, else 0.

local standing = redis.call('HMGET', KEYS[1], 'read-by', 'lost')
local others = {}
for process in string.gmatch(standing[2] or '', '%S+') do
    if process ~= ARGV[1] then
        table.insert(others, process)
    end
end
if standing[2] then
    redis.call('HSET', KEYS[1], 'lost', table.concat(others, ' '))
end
if standing[1] ~= ARGV[1] then
    return 0
end
redis.call('HDEL', KEYS[1], 'read-by')
return 1
