-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0
--
-- Gives a lock back, if it is still its holder's.
--   KEYS: the lock
--   ARGV: the holder
-- Answers 1, or 0 if it was not.

if redis.call('GET', KEYS[1]) == ARGV[1] then
    return redis.call('UNLINK', KEYS[1])
end
return 0
