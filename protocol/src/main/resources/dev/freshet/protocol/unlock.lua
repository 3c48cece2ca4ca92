-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0
--
-- Releases a lock, if the holder still has it.
--   KEYS: the lock
--   ARGV: the holder
-- Returns 1, or 0 if the holder no longer had it.

if redis.call('GET', KEYS[1]) == ARGV[1] then
    return redis.call('UNLINK', KEYS[1])
end
return 0
