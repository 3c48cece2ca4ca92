// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.memory.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoublePredicate;

/** Commands on sorted sets. */
final class ScoreCommands {
    static final Map<String, Command> ALL = Map.of(
            "ZADD", ScoreCommands::add,
            "ZREM", ScoreCommands::remove,
            "ZSCORE", (keys, words) -> Reply.bulk(scores(keys, words.key()).scoreOf(words.at(1))),
            "ZMSCORE", ScoreCommands::several,
            "ZCARD",
                    (keys, words) ->
                            TextCommands.count(scores(keys, words.key()).members.size()),
            "ZRANGE", ScoreCommands::range);

    private ScoreCommands() {}

    /** Not to be changed if there is no such key. */
    private static Scores scores(Keyspace keys, String key) {
        var found = keys.get(key, Scores.class);
        return found == null ? new Scores() : found;
    }

    private static Reply add(Keyspace keys, Arguments words) {
        var pairs = words.from(1);
        if (pairs.isEmpty() || pairs.size() % 2 != 0) {
            throw CommandFailure.syntax();
        }
        var given = new ArrayList<Double>();
        for (int i = 0; i < pairs.size(); i += 2) {
            given.add(Scores.parse(pairs.get(i)));
        }
        var members = keys.getOrMake(words.key(), Scores.class, Scores::new).members;
        long added = 0;
        for (int i = 0; i < given.size(); i++) {
            added += members.put(pairs.get(2 * i + 1), given.get(i)) == null ? 1 : 0;
        }
        return TextCommands.count(added);
    }

    private static Reply remove(Keyspace keys, Arguments words) {
        var members = scores(keys, words.key()).members;
        long removed = words.from(1).stream()
                .filter(member -> members.remove(member) != null)
                .count();
        keys.cut(words.key(), members.isEmpty());
        return TextCommands.count(removed);
    }

    private static Reply several(Keyspace keys, Arguments words) {
        var scores = scores(keys, words.key());
        return Reply.bulks(() -> words.from(1).stream().map(scores::scoreOf).iterator());
    }

    /** By rank, or with BYSCORE by score, and then perhaps with LIMIT. */
    private static Reply range(Keyspace keys, Arguments words) {
        var scores = scores(keys, words.key());
        if (!words.has(3)) {
            return Reply.bulks(byRank(scores.sorted(), words.integer(1), words.integer(2)));
        }
        if (!words.keyword(3).equals("BYSCORE")) {
            throw CommandFailure.syntax();
        }
        var least = above(words.at(1));
        var most = below(words.at(2));
        var found = scores.sorted().stream()
                .filter(member -> least.test(scores.members.get(member)) && most.test(scores.members.get(member)));
        if (words.has(4)) {
            if (!words.keyword(4).equals("LIMIT")) {
                throw CommandFailure.syntax();
            }
            found = found.skip(words.integer(5)).limit(words.integer(6));
        }
        return Reply.bulks(found.toList());
    }

    private static List<String> byRank(List<String> sorted, long from, long to) {
        int size = sorted.size();
        long first = Math.max(0, from < 0 ? from + size : from);
        long last = Math.min(size - 1, to < 0 ? to + size : to);
        return first > last ? List.of() : sorted.subList((int) first, (int) last + 1);
    }

    private static DoublePredicate above(String bound) {
        boolean open = bound.startsWith("(");
        double least = Scores.parse(open ? bound.substring(1) : bound);
        return score -> open ? score > least : score >= least;
    }

    private static DoublePredicate below(String bound) {
        boolean open = bound.startsWith("(");
        double most = Scores.parse(open ? bound.substring(1) : bound);
        return score -> open ? score < most : score <= most;
    }
}
