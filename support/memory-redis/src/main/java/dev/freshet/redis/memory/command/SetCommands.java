// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.memory.command;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Commands on sets. */
final class SetCommands {
    static final Map<String, Command> ALL = Map.of(
            "SADD",
            SetCommands::add,
            "SREM",
            SetCommands::remove,
            "SISMEMBER",
            (keys, words) -> Reply.number(members(keys, words.key()).contains(words.at(1))),
            "SMEMBERS",
            (keys, words) -> Reply.bulks(members(keys, words.key())),
            "SCARD",
            (keys, words) -> TextCommands.count(members(keys, words.key()).size()),
            "SPOP",
            SetCommands::pop);

    private SetCommands() {}

    /** Not to be changed if there is no such key. */
    private static Set<String> members(Keyspace keys, String key) {
        @SuppressWarnings("unchecked")
        Set<String> found = keys.get(key, Set.class);
        return found == null ? Set.of() : found;
    }

    private static Reply add(Keyspace keys, Arguments words) {
        @SuppressWarnings("unchecked")
        Set<String> members = keys.getOrMake(words.key(), Set.class, LinkedHashSet::new);
        return TextCommands.count(words.from(1).stream().filter(members::add).count());
    }

    private static Reply remove(Keyspace keys, Arguments words) {
        var members = members(keys, words.key());
        long removed = members.isEmpty()
                ? 0
                : words.from(1).stream().filter(members::remove).count();
        keys.cut(words.key(), members.isEmpty());
        return TextCommands.count(removed);
    }

    /** With a count: some of them, the first ones here. */
    private static Reply pop(Keyspace keys, Arguments words) {
        var members = members(keys, words.key());
        var popped = new ArrayList<String>();
        for (var member : members) {
            if (popped.size() == words.integer(1)) {
                break;
            }
            popped.add(member);
        }
        if (!popped.isEmpty()) {
            popped.forEach(members::remove);
            keys.cut(words.key(), members.isEmpty());
        }
        return Reply.bulks(popped);
    }
}
