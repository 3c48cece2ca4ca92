#!/bin/sh
# Copyright The Freshet Authors
# SPDX-License-Identifier: Apache-2.0
#
# Starts Redis with one user per process, each with the least privileges it needs (users.acl), and no default user.
set -eu
hash() { printf '%s' "$1" | sha256sum | cut -d ' ' -f 1; }
umask 077
sed -e "s/@NAMESPACE@/ctx/g" \
    -e "s/@READER_SHA256@/$(hash "$REDIS_READER_PASSWORD")/" \
    -e "s/@INVALIDATOR_SHA256@/$(hash "$REDIS_INVALIDATOR_PASSWORD")/" /freshet/users.acl > /tmp/users.acl
# volatile-lru drops only keys with a time to live, so never the position: an invalidator that starts without a position
# purges the namespace. Nothing is saved to disk: data that came back after a crash would only be purged.
exec redis-server --aclfile /tmp/users.acl --dir /tmp --save '' \
    --maxmemory "${REDIS_MAXMEMORY:-256mb}" --maxmemory-policy volatile-lru
