#!/bin/sh
# Copyright The Freshet Authors
# SPDX-License-Identifier: Apache-2.0
#
# Starts a process in its container, with flags that divide up the container's memory (docs/operations.md#memory).
# FRESHET_JAVA_OPTS comes after these flags and wins; JAVA_TOOL_OPTIONS and JDK_JAVA_OPTIONS come before them.
set -eu
main=$1
shift
case $main in
  # Small, and of constant size however large the transactions are: 256 MiB are enough.
  *.InvalidatorMain)
    flags='-XX:MinRAMPercentage=40 -XX:MaxRAMPercentage=40 -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=32m'
    flags="$flags -XX:MaxDirectMemorySize=24m -Xss512k"
    ;;
  *)
    flags='-XX:MinRAMPercentage=45 -XX:MaxRAMPercentage=45 -XX:ReservedCodeCacheSize=64m -XX:MaxDirectMemorySize=32m'
    ;;
esac
# Java refuses to start with two collectors: if one is named elsewhere, ours is left out.
collector=-XX:+UseSerialGC
for option in ${JAVA_TOOL_OPTIONS:-} ${JDK_JAVA_OPTIONS:-} ${FRESHET_JAVA_OPTS:-}; do
  case $option in -XX:+Use*GC) collector= ;; esac
done
# Java decodes variables, passwords among them, by the locale: whatever the base and the platform say, they are UTF-8.
export LC_ALL=C.UTF-8
# For glibc, if the image is built on it: each arena keeps the memory that it once had.
export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-2}"
# shellcheck disable=SC2086 # options are words
exec java $collector -XX:+ExitOnOutOfMemoryError -XX:MaxMetaspaceSize=112m -XX:CompressedClassSpaceSize=24m $flags \
  ${FRESHET_JAVA_OPTS:-} -cp '/app/*:/app/lib/*' "$main" "$@"
