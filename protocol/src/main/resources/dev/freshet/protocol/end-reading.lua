#!lua flags=allow-oom
-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0
--
-- A process stops reading and lives, or ends as it was told to: it does not count as lost.
--   KEYS: the position's hash
--   ARGV: the process
-- Answers 1 if it was the one that read, else 0.

if redis.call('HGET', KEYS[1], 'read-by') ~= ARGV[1] then
    return 0
end
redis.call('HDEL', KEYS[1], 'read-by')
return 1
