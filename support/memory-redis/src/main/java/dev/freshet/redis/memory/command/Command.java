// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.memory.command;

/** One command, such as GET. */
@FunctionalInterface
public interface Command {
    /** @throws CommandFailure if it cannot be run */
    Reply run(Keyspace keys, Arguments words);
}
