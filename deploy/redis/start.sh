#!/bin/sh
# Copyright The Freshet Authors
# SPDX-License-Identifier: Apache-2.0
#
# Starts Redis with one user a process, each with the least that suffices, and no default user.
set -eu
hash() { printf '%s' "$1" | sha256sum | cut -d ' ' -f 1; }
umask 077
cat > /tmp/users.acl <<ACL
user default off resetkeys -@all
user reader on #$(hash "$REDIS_READER_PASSWORD") resetkeys ~ctx:* -@all +ping +hello +client|setname +client|setinfo +evalsha +script|load +get +set +unlink +time +sadd +sismember +pttl +pexpire +zadd +zscore +zmscore
user invalidator on #$(hash "$REDIS_INVALIDATOR_PASSWORD") resetkeys ~ctx:* -@all +ping +hello +client|setname +client|setinfo +evalsha +script|load +unlink +scan +info +role +time +hset +hgetall +hget +exists +spop +zadd +zcard +zscore +zrange +zrem +pexpire
ACL
exec redis-server --aclfile /tmp/users.acl --dir /data --maxmemory "${REDIS_MAXMEMORY:-256mb}" --maxmemory-policy allkeys-lru
