// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.memory.command;

/** A command cannot be run; its message is the error that Redis answers. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    public CommandFailure(String message) {
        super(message, null, false, false);
    }

    static CommandFailure wrongType() {
        return new CommandFailure("WRONGTYPE Operation against a key holding the wrong kind of value");
    }

    public static CommandFailure syntax() {
        return new CommandFailure("ERR syntax error");
    }

    static CommandFailure noInteger() {
        return new CommandFailure("ERR value is not an integer or out of range");
    }

    static CommandFailure noFloat() {
        return new CommandFailure("ERR value is not a valid float");
    }
}
