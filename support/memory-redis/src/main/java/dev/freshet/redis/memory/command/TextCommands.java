// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.memory.command;

import java.util.Map;

/** Commands on keys of any type, and on texts. */
final class TextCommands {
    static final Map<String, Command> ALL = Map.ofEntries(
            Map.entry("GET", (keys, words) -> Reply.bulk(keys.get(words.key(), String.class))),
            Map.entry("SET", TextCommands::set),
            Map.entry("STRLEN", (keys, words) -> new Reply.Number(length(keys.get(words.key(), String.class)))),
            Map.entry("DEL", TextCommands::remove),
            Map.entry("UNLINK", TextCommands::remove),
            Map.entry(
                    "EXISTS",
                    (keys, words) ->
                            count(words.words().stream().filter(keys::has).count())),
            Map.entry("PTTL", (keys, words) -> new Reply.Number(keys.timeToLive(words.key()))),
            Map.entry("PEXPIRE", TextCommands::expire),
            Map.entry("KEYS", (keys, words) -> Reply.bulks(keys.keys(words.key()))));

    private TextCommands() {}

    private static Reply set(Keyspace keys, Arguments words) {
        String key = words.key();
        long millis = 0;
        boolean onlyNew = false;
        boolean onlyOld = false;
        for (int i = 2; words.has(i); i++) {
            switch (words.keyword(i)) {
                case "PX" -> millis = words.integer(++i);
                case "EX" -> millis = words.integer(++i) * 1000;
                case "NX" -> onlyNew = true;
                case "XX" -> onlyOld = true;
                default -> throw CommandFailure.syntax();
            }
        }
        if (onlyNew && keys.has(key) || onlyOld && !keys.has(key)) {
            return Reply.NIL;
        }
        keys.put(key, words.at(1));
        if (millis != 0) {
            keys.expire(key, millis);
        }
        return Reply.OK;
    }

    private static Reply remove(Keyspace keys, Arguments words) {
        return count(words.words().stream()
                .filter(key -> keys.has(key) && keys.remove(key))
                .count());
    }

    private static Reply expire(Keyspace keys, Arguments words) {
        if (!keys.has(words.key())) {
            return Reply.number(false);
        }
        keys.expire(words.key(), words.integer(1));
        return Reply.number(true);
    }

    private static long length(String text) {
        return text == null ? 0 : text.length();
    }

    static Reply count(long count) {
        return new Reply.Number(count);
    }
}
