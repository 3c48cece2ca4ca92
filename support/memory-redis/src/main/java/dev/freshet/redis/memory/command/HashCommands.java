// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.memory.command;

import java.util.LinkedHashMap;
import java.util.Map;

/** Commands on hashes. */
final class HashCommands {
    static final Map<String, Command> ALL = Map.of(
            "HGET", (keys, words) -> Reply.bulk(fields(keys, words.key()).get(words.at(1))),
            "HMGET", HashCommands::several,
            "HSET", HashCommands::set,
            "HDEL", HashCommands::remove,
            "HEXISTS", (keys, words) -> Reply.number(fields(keys, words.key()).containsKey(words.at(1))),
            "HGETALL", HashCommands::all,
            "HLEN",
                    (keys, words) ->
                            TextCommands.count(fields(keys, words.key()).size()));

    private HashCommands() {}

    /** Not to be changed if there is no such key. */
    private static Map<String, String> fields(Keyspace keys, String key) {
        @SuppressWarnings("unchecked")
        Map<String, String> found = keys.get(key, Map.class);
        return found == null ? Map.of() : found;
    }

    private static Reply several(Keyspace keys, Arguments words) {
        var fields = fields(keys, words.key());
        return Reply.bulks(() -> words.from(1).stream().map(fields::get).iterator());
    }

    private static Reply set(Keyspace keys, Arguments words) {
        if (words.words().size() < 3 || words.words().size() % 2 == 0) {
            throw new CommandFailure("ERR wrong number of arguments for 'hset' command");
        }
        @SuppressWarnings("unchecked")
        Map<String, String> fields = keys.getOrMake(words.key(), Map.class, LinkedHashMap::new);
        long added = 0;
        for (int i = 1; words.has(i); i += 2) {
            added += fields.put(words.at(i), words.at(i + 1)) == null ? 1 : 0;
        }
        return TextCommands.count(added);
    }

    private static Reply remove(Keyspace keys, Arguments words) {
        var fields = fields(keys, words.key());
        long removed = fields.isEmpty()
                ? 0
                : words.from(1).stream()
                        .filter(field -> fields.remove(field) != null)
                        .count();
        keys.cut(words.key(), fields.isEmpty());
        return TextCommands.count(removed);
    }

    private static Reply all(Keyspace keys, Arguments words) {
        var all = new java.util.ArrayList<String>();
        fields(keys, words.key()).forEach((field, value) -> {
            all.add(field);
            all.add(value);
        });
        return Reply.bulks(all);
    }
}
