// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.explain;

import dev.freshet.core.plan.join.Join;
import dev.freshet.core.stream.Row;
import dev.freshet.invalidator.cli.explain.KeyExplanation.Entry;
import dev.freshet.invalidator.cli.explain.KeyExplanation.Maker;
import dev.freshet.invalidator.cli.explain.KeyExplanation.Nearest;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.KeyTemplate;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.check.Catalog;
import dev.freshet.model.mapping.function.FunctionCall;
import dev.freshet.model.mapping.pattern.KeyReader;
import dev.freshet.postgres.tables.KeyQuery;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.protocol.Isolate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the templates of a mapping that can have made a key. */
final class KeyExplainer {
    private final Mapping mapping;
    private final Catalog catalog;
    private final CacheKeys keys;
    private final Search search;
    private final int most;

    /**
     * @param catalog tells types of columns as far as they are known
     * @param most how many joined rows to show for each template
     */
    KeyExplainer(Mapping mapping, Catalog catalog, Search search, int most) {
        this.mapping = mapping;
        this.keys = new CacheKeys(mapping.namespace());
        this.catalog = catalog;
        this.search = search;
        this.most = most;
    }

    /** Runs queries. */
    @FunctionalInterface
    interface Search {
        Asked<KeyQuery.Found> rows(KeyQuery query);
    }

    private record Candidate(EntityMapping owner, KeyTemplate template, KeyReader reader) {}

    /** The templates that can have made the key, in the order of the file. */
    List<Maker> makers(String key) {
        var makers = new ArrayList<Maker>();
        for (Candidate candidate : candidates()) {
            List<List<String>> readings = candidate.reader().readings(key);
            if (!readings.isEmpty() || candidate.reader().cannotTell(key)) {
                makers.add(maker(key, candidate, readings));
            }
        }
        return makers;
    }

    private Maker maker(String key, Candidate candidate, List<List<String>> readings) {
        Join join = Join.compile(mapping, candidate.owner(), candidate.template());
        Optional<String> obstacle =
                readings.isEmpty() ? Optional.of("it can be read in too many ways") : KeyQuery.obstacle(join);
        if (obstacle.isPresent()) {
            return new Maker(
                    candidate.owner(),
                    join,
                    readings,
                    Optional.empty(),
                    Asked.not("they cannot be told from the key: " + obstacle.get()),
                    false,
                    Optional.empty());
        }
        Asked<KeyQuery.Found> found = search.rows(new KeyQuery(join, key, readings, most + 1));
        Asked<List<Row[]>> shown = new Asked<>(
                found.answer().map(all -> all.rows().stream().limit(most).toList()), found.why());
        return new Maker(
                candidate.owner(),
                join,
                readings,
                Optional.of(new KeyQuery(join, key, readings, most)),
                shown,
                found.answer().filter(KeyQuery.Found::cut).isPresent(),
                doubt(join, readings));
    }

    private static Optional<String> doubt(Join join, List<List<String>> readings) {
        if (readings.size() >= KeyReader.MOST_READINGS) {
            return Optional.of("the key can be read in more ways than these");
        }
        return join.keyColumns().stream()
                        .flatMap(column -> column.functions().stream())
                        .anyMatch(FunctionCall::variesByProgram)
                ? Optional.of("databases and programs differ in lower and upper case")
                : Optional.empty();
    }

    /** The template that makes the keys most like this one; empty if the mapping has no templates. */
    Optional<Nearest> nearest(String key) {
        return candidates().stream()
                .min(Comparator.comparingInt(candidate -> candidate.reader().distance(key)))
                .map(candidate -> new Nearest(
                        candidate.owner(),
                        candidate.template(),
                        candidate.reader().difference(key)));
    }

    /** What the key says of itself if it is an entry of cache-client. */
    Optional<Entry> entry(String key) {
        int prefix = key.indexOf("}:") + 2;
        if (!key.startsWith(keys.isolatedPrefix()) || prefix < 2 || key.startsWith("~", prefix)) {
            return Optional.empty();
        }
        String[] parts = key.substring(prefix).split(":", 3);
        return parts.length == 3
                ? Optional.of(new Entry(key.substring(0, prefix), parts[0], parts[1], parts[2]))
                : Optional.empty();
    }

    /** Whether Freshet reserves the name for itself. */
    boolean reserved(String key) {
        return key.startsWith(keys.isolatedPrefix()) || key.startsWith(mapping.namespace() + ":~");
    }

    /** Whether tags of this owner are registered under keys that begin like the entry; null stands for shared tags. */
    boolean owns(String owner, Entry entry) {
        return keys.prefix(owner == null ? Isolate.SHARED : Isolate.of(owner)).equals(entry.prefix());
    }

    private List<Candidate> candidates() {
        return mapping.entities().values().stream()
                .flatMap(owner -> owner.templates().stream()
                        .map(template ->
                                new Candidate(owner, template, KeyReader.of(mapping, owner, template, catalog))))
                .toList();
    }
}
