#!lua flags=allow-oom
-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0
--
-- Withdraws a position, unless another instance has begun to work in the namespace since this one did.
--   KEYS: the position's hash
--   ARGV: the claim of this instance, the fields to delete
-- Returns 1 if it was withdrawn, else 0.
--
-- @include parts/claims.lua

if superseded(redis.call('HGET', KEYS[1], 'claim'), ARGV[1]) then
    return 0
end
redis.call('HDEL', KEYS[1], unpack(ARGV, 2))
return 1
