#!lua flags=allow-oom
-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0
--
-- Begins to work in a namespace: from now on no instance that began earlier can publish or withdraw there.
--   KEYS: the position's hash
--   ARGV: the claim of this instance, its system identifier, database and slot; then, only if it may take the
--         namespace from another owner, the fields of the position to delete in that case
-- Returns 1 if it may begin; 0 if the namespace is another owner's, or another instance has begun: look again.
--
-- Owner and claim are checked and written in one step, so that no instance believes it owns what was just taken.

local standing = redis.call('HMGET', KEYS[1], 'claim', 'system', 'database', 'slot')
if standing[1] and tonumber(standing[1]) >= tonumber(ARGV[1]) then
    return 0
end
local system, database, slot = standing[2], standing[3], standing[4]
if system and slot and (system ~= ARGV[2] or slot ~= ARGV[4] or database and database ~= ARGV[3]) then
    if #ARGV == 4 then
        return 0
    end
    redis.call('HDEL', KEYS[1], unpack(ARGV, 5))
    redis.call('HSET', KEYS[1], 'system', ARGV[2], 'database', ARGV[3], 'slot', ARGV[4])
end
redis.call('HSET', KEYS[1], 'claim', ARGV[1])
return 1
