// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.evict;

import dev.freshet.core.plan.Eviction;
import dev.freshet.core.plan.Reason;
import dev.freshet.invalidator.cli.evict.Wanted.RefusedException;
import dev.freshet.invalidator.cli.explain.Wording;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.KeyTemplate;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.check.Catalog;
import dev.freshet.model.mapping.pattern.KeyReader;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.protocol.EntryName;
import dev.freshet.protocol.Tag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A key: only one that a template of the mapping makes, or an entry of the namespace. */
final class KeyTargets {
    private final Mapping mapping;
    private final Catalog catalog;
    private final CacheKeys keys;

    /** @param catalog tells types of columns as far as they are known */
    KeyTargets(Mapping mapping, Catalog catalog) {
        this.mapping = mapping;
        this.catalog = catalog;
        this.keys = new CacheKeys(mapping.namespace());
    }

    private record Candidate(EntityMapping owner, KeyTemplate template, KeyReader reader) {}

    /** @throws RefusedException if the mapping does not know such a key */
    Wanted of(String key) throws RefusedException {
        if (key.startsWith(keys.isolatedPrefix()) || key.startsWith(mapping.namespace() + ":~")) {
            return entry(key);
        }
        List<Candidate> all = candidates();
        List<String> why = all.stream()
                .filter(each ->
                        !each.reader().readings(key).isEmpty() || each.reader().cannotTell(key))
                .map(each -> "key " + key + "    by " + each.template() + ", " + place(each))
                .toList();
        if (why.isEmpty()) {
            throw new RefusedException("no template of " + mapping.file() + " makes key '" + key + "'"
                    + nearest(key, all) + "; only keys that the mapping declares are evicted");
        }
        return new Wanted(List.of(new Eviction.OfKey(key, Reason.REQUESTED, null)), why);
    }

    /**
     * An entry is not only deleted: its row is fenced, and so are its lists of children and what it bequeaths, so that no
     * load that began before can store it again. So all that was computed from these goes with it. A value whose loader
     * gave it tags of other rows alone is not fenced: those tags have to be named.
     */
    private Wanted entry(String key) throws RefusedException {
        EntryName entry = EntryName.parse(keys, key)
                .orElseThrow(
                        () -> new RefusedException("key '" + key + "' is none of an entry, but one of Freshet's own"
                                + " in namespace " + mapping.namespace() + "; expected an entry, such as "
                                + keys.isolatedPrefix() + "u1}:task:42:own"));
        var evictions = new ArrayList<Eviction>();
        tags(entry.row())
                .map(tag -> new Eviction.OfTag(entry.isolate(), tag, Reason.REQUESTED, null))
                .forEach(evictions::add);
        evictions.add(new Eviction.OfKey(key, Reason.REQUESTED, null));
        return new Wanted(
                List.copyOf(evictions),
                List.of("entry " + key + "    with all that was computed from " + entry.row() + " of owner "
                        + entry.isolate()));
    }

    /** The row's own tag, and those of values that are made of it: each list of children, and what they inherit. */
    private Stream<Tag> tags(Tag row) {
        EntityMapping entity = mapping.entities().get(row.kind());
        if (entity == null) {
            return Stream.of(row);
        }
        Stream<String> facets = Stream.concat(
                Stream.of(Tag.INHERITED), mapping.childrenOf(entity).stream().map(EntityMapping::name));
        return Stream.concat(Stream.of(row), facets.map(row::facet));
    }

    private static String nearest(String key, List<Candidate> all) {
        Optional<Candidate> nearest =
                all.stream().min(Comparator.comparingInt(each -> each.reader().distance(key)));
        return nearest.map(each -> ", the nearest is " + each.template() + ", " + place(each) + ": "
                        + each.reader().difference(key))
                .orElse("");
    }

    private static String place(Candidate candidate) {
        return Wording.place(candidate.owner(), candidate.template());
    }

    private List<Candidate> candidates() {
        var all = new ArrayList<Candidate>();
        for (EntityMapping owner : mapping.entities().values()) {
            for (KeyTemplate template : owner.templates()) {
                all.add(new Candidate(owner, template, KeyReader.of(mapping, owner, template, catalog)));
            }
        }
        return all;
    }
}
