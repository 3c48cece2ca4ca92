// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init.keys;

import dev.freshet.invalidator.init.draft.Draft;
import dev.freshet.invalidator.init.draft.DraftEntity;
import dev.freshet.invalidator.init.draft.DraftKey;
import dev.freshet.invalidator.init.draft.KeyNeeds;
import dev.freshet.model.schema.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Templates that make names of keys found in Redis. Guesses, each with the number of keys that it makes.
 *
 * @param found by the name of the entity, most keys first
 * @param ofNoRow shapes with the number of a page or a hash in them, which no row tells, likewise
 * @param unmatched other shapes with values in them that fit no table, with their number, most keys first
 * @param others how many other names there were
 */
public record KeyGuesses(
        Map<String, List<Found>> found, Map<String, Long> ofNoRow, Map<String, Long> unmatched, long others) {
    private static final int MOST_OF_ONE_ENTITY = 20;
    private static final int MOST_UNMATCHED = 50;
    private static final int FEWEST_TEXTS = 2;

    public KeyGuesses {
        found = Collections.unmodifiableMap(new TreeMap<>(found));
        ofNoRow = Collections.unmodifiableMap(new LinkedHashMap<>(ofNoRow));
        unmatched = Collections.unmodifiableMap(new LinkedHashMap<>(unmatched));
    }

    /** A template, and the number of keys that it makes. */
    public record Found(DraftKey key, long keys) {
        /** For a comment. */
        public String told() {
            return (keys == 1 ? "1 key" : keys + " keys") + " in Redis";
        }
    }

    /** Guesses by the names of tables and columns, and by the types of columns. */
    public static KeyGuesses of(KeyNames names, Draft draft, Schema schema) {
        return new Collector(names, draft, schema).guesses();
    }

    /**
     * The draft with these templates. A draft's own template stays if it makes keys that were seen, or if no other was
     * found for its entity.
     */
    public Draft applied(Draft draft) {
        return new Draft(
                draft.namespace(),
                draft.entities().stream()
                        .map(entity -> entity.withKeys(keys(entity, found.getOrDefault(entity.name(), List.of()))))
                        .toList(),
                draft.leftOut());
    }

    private List<DraftKey> keys(DraftEntity entity, List<Found> own) {
        var keys = new ArrayList<DraftKey>();
        for (Found each : own) {
            keys.add(each.key().after("a guess: " + each.told()));
        }
        for (DraftKey drafted : entity.keys()) {
            Optional<Found> same = seen(drafted);
            boolean written =
                    own.stream().anyMatch(each -> each.key().template().equals(drafted.template()));
            if (same.isPresent() && !written) {
                keys.add(drafted.after(same.get().told()));
            } else if (own.isEmpty()) {
                keys.add(drafted.after("no such key seen in Redis"));
            }
        }
        return keys;
    }

    /** What was found that looks the same in Redis, whatever its entity. */
    private Optional<Found> seen(DraftKey drafted) {
        return found.values().stream()
                .flatMap(List::stream)
                .filter(each -> each.key().looks().equals(drafted.looks()))
                .findFirst();
    }

    private static final class Collector {
        private final KeyNames names;
        private final Schema schema;
        private final Draft draft;
        private final KeyMatcher matcher;
        private final Map<String, Map<String, Found>> found = new TreeMap<>();
        private final Map<String, Long> ofNoRow = new TreeMap<>();
        private final Map<String, Long> unmatched = new TreeMap<>();
        private long others;

        Collector(KeyNames names, Draft draft, Schema schema) {
            this.names = names;
            this.schema = schema;
            this.draft = draft;
            this.matcher = new KeyMatcher(draft, schema);
        }

        KeyGuesses guesses() {
            others = names.others();
            withTextIds().forEach(this::take);
            Map<String, List<Found>> sorted = new TreeMap<>();
            found.forEach((entity, byTemplate) -> sorted.put(
                    entity,
                    byTemplate.values().stream()
                            .sorted(Comparator.comparingLong(Found::keys).reversed())
                            .limit(MOST_OF_ONE_ENTITY)
                            .toList()));
            return new KeyGuesses(sorted, most(ofNoRow), most(unmatched), others);
        }

        private Map<String, Long> most(Map<String, Long> shapes) {
            Map<String, Long> most = new LinkedHashMap<>();
            shapes.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                    .forEach(each -> {
                        // Of a single key the words may be a value, so they are not quoted.
                        if (each.getValue() > 1 && most.size() < MOST_UNMATCHED) {
                            most.put(each.getKey(), each.getValue());
                        } else {
                            others += each.getValue();
                        }
                    });
            return most;
        }

        /** The shapes, with a value of text where several differ in nothing but a word that can be an id. */
        private Map<KeyShape, Long> withTextIds() {
            Map<KeyShape, Integer> alike = new HashMap<>();
            names.shapes().keySet().forEach(shape -> {
                alike.merge(shape, 1, Integer::sum);
                matcher.withTextIds(shape).forEach(each -> alike.merge(each, 1, Integer::sum));
            });
            Map<KeyShape, Long> shapes = new LinkedHashMap<>();
            names.shapes()
                    .forEach((shape, keys) -> shapes.merge(
                            matcher.withTextIds(shape).stream()
                                    .filter(each -> alike.get(each) >= FEWEST_TEXTS)
                                    .max(Comparator.comparingInt(alike::get))
                                    .orElse(shape),
                            keys,
                            Long::sum));
            return shapes;
        }

        private void take(KeyShape shape, long keys) {
            boolean any = false;
            for (KeyMatcher.Match match : matcher.matches(shape)) {
                any |= add(match.entity(), match.key(), keys);
            }
            if (any) {
                return;
            }
            if (shape.isLiteral()) {
                others += keys;
            } else {
                (matcher.isOfNoRow(shape) ? ofNoRow : unmatched).merge(shape.toString(), keys, Long::sum);
            }
        }

        /** Returns false if the template cannot be used. */
        private boolean add(String name, DraftKey key, long keys) {
            DraftEntity entity = draft.entity(name).orElseThrow();
            Optional<DraftKey> usable = KeyNeeds.usable(key, entity, schema);
            usable.ifPresent(each -> found.computeIfAbsent(name, ignored -> new LinkedHashMap<>())
                    .merge(
                            each.template(),
                            new Found(each, keys),
                            (one, other) -> new Found(one.key(), one.keys() + other.keys())));
            return usable.isPresent();
        }
    }
}
