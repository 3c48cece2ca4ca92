#!/bin/sh
# Copyright The Freshet Authors
# SPDX-License-Identifier: Apache-2.0
#
# Prints the invalidator's user of Redis, with the least that it needs (users.acl), as a line of an ACL file:
#
#   REDIS_INVALIDATOR_PASSWORD=… deploy/redis/acl.sh shop 'user:*' 'cart:*' >> users.acl
#
# The first argument is the namespace of the mapping. The others are patterns of the keys that it evicts, one for each template
# whose keys do not begin with the namespace: `freshet invalidator check` lists them. Without its first two words the line is the
# argument of ACL SETUSER invalidator. The password is stored as a hash.
set -eu
here=$(dirname "$0")
namespace=${1:?"expected the namespace of the mapping, such as shop"}
shift
: "${REDIS_INVALIDATOR_PASSWORD:?"expected the password of the user, in this variable"}"
case $namespace in
  [!a-z]* | *[!a-z0-9-]*) echo "acl.sh: the namespace is '$namespace', expected letters a-z, digits and -" >&2; exit 2 ;;
esac
hash=$(printf '%s' "$REDIS_INVALIDATOR_PASSWORD" | sha256sum | cut -d ' ' -f 1)
line=$(sed -n "s/@NAMESPACE@/$namespace/; s/@INVALIDATOR_SHA256@/$hash/; /^user invalidator /p" "$here/users.acl")
for pattern in "$@"; do
  case $pattern in
    *[\ \	]*) echo "acl.sh: the pattern '$pattern' has a space in it, which no ACL file can say" >&2; exit 2 ;;
    '*') echo "acl.sh: the pattern '*' would be every key; expected those of one template" >&2; exit 2 ;;
  esac
  line="$line ~$pattern"
done
printf '%s\n' "$line"
