// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.memory.command;

import java.util.Map;
import java.util.TreeMap;

/** All commands on keys, by their names. */
public final class Commands {
    private static final Map<String, Command> ALL = new TreeMap<>();

    static {
        ALL.putAll(TextCommands.ALL);
        ALL.putAll(SetCommands.ALL);
        ALL.putAll(HashCommands.ALL);
        ALL.putAll(ScoreCommands.ALL);
    }

    private Commands() {}

    /**
     * The command of that name.
     *
     * @param name in upper case
     * @throws CommandFailure if there is none
     */
    public static Command named(String name) {
        var command = ALL.get(name);
        if (command == null) {
            throw new CommandFailure("ERR unknown command '" + name + "': the Redis in memory has " + ALL.keySet());
        }
        return command;
    }
}
