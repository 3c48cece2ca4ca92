// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.test;

import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.FreshetCacheBuilder;
import dev.freshet.cache.WalPosition;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.cache.view.TagOf;
import dev.freshet.core.plan.TagCoverage;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.parse.MappingParser;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.protocol.Coverage;
import dev.freshet.protocol.EntryName;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Tag;
import dev.freshet.redis.memory.MemoryRedis;
import dev.freshet.redis.memory.MemoryWire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Freshet in the memory of a unit test: a Redis, and an invalidator that the test plays itself. Caches over it are real
 * ones, and the Redis runs the real scripts. So a load that was overtaken by an eviction is refused, a tag that nobody
 * evicts is not stored, and each level of consistency takes from the cache what it may, as in production.
 *
 * <p>At first the invalidator has published, keeps up, and is at position {@code 0/0}. Time passes as it does outside,
 * and by {@link #advance}. A near cache and warming are not for the fake: its Redis tells of no changes. Thread-safe.
 */
public final class FakeFreshet implements AutoCloseable {
    private static final String FIRST = "0/0";

    private final CacheKeys keys;
    private final MemoryRedis redis;
    private final MemoryWire wire;
    private final FakeInvalidator invalidator;
    private final FakeEntries entries;
    private FreshetCache cache;

    private FakeFreshet(String namespace, Coverage coverage) {
        keys = new CacheKeys(namespace);
        redis = new MemoryRedis(this::keepUp);
        wire = new MemoryWire(redis);
        invalidator = new FakeInvalidator(redis, keys, coverage);
        entries = new FakeEntries(redis, keys);
        startInvalidator();
    }

    private void keepUp() {
        invalidator.keepUp();
    }

    /**
     * With the namespace of a mapping, and with an invalidator that evicts the tags which that mapping tells.
     *
     * @throws dev.freshet.model.mapping.MappingException if the mapping is not valid
     * @throws UncheckedIOException if it cannot be read
     */
    public static FakeFreshet of(Path mapping) {
        try {
            return of(MappingParser.parse(mapping));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With the namespace of a mapping, and with an invalidator that evicts the tags which that mapping tells. */
    public static FakeFreshet of(Mapping mapping) {
        return new FakeFreshet(mapping.namespace(), TagCoverage.of(mapping));
    }

    /**
     * Without a mapping.
     *
     * @param kinds the tags that the invalidator evicts, each without its id: {@code task}, {@code branch/inherited},
     *     {@code branch/task}
     */
    public static FakeFreshet of(String namespace, String... kinds) {
        return new FakeFreshet(namespace, new Coverage(Set.of(kinds), Set.of(kinds)));
    }

    /** For a cache over the fake with settings of its own; leave address and namespace as they are. */
    public FreshetCacheBuilder builder() {
        return FreshetCache.builder().over(wire).namespace(keys.namespace());
    }

    /** A cache over the fake, with the usual settings; always the same. {@link #close()} closes it. */
    public synchronized FreshetCache cache() {
        if (cache == null) {
            cache = builder().build();
        }
        return cache;
    }

    /** Evicts tags of one owner as the invalidator does; what is being loaded under one of them will not be stored. */
    public void evict(Isolate owner, Tag... tags) {
        invalidator.evict(owner, List.of(tags));
    }

    /** Evicts tags of all owners, and of entries without one. */
    public void evict(Tag... tags) {
        isolates().forEach(owner -> evict(owner, tags));
    }

    /**
     * Evicts all that shows a row, of all owners, as where it is created, deleted, or changed in all its columns: its
     * own tag, what descendants inherit from it, and its lists. Not the list in which it stands: for that, evict {@link
     * TagOf#list}.
     *
     * @param id as for {@link dev.freshet.cache.view.CacheView#key}
     * @throws IllegalArgumentException if the invalidator evicts no tags of that entity
     */
    public void evictRow(String entity, Object... id) {
        var kinds = invalidator.kindsOf(entity);
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException(
                    "nobody evicts tags of '" + entity
                            + "': expected an entity with tags: true in the mapping, or a kind that was given to FakeFreshet.of");
        }
        String row = TagOf.row(entity, id).name();
        evict(kinds.stream()
                .map(kind -> new Tag(row + kind.substring(entity.length())))
                .toArray(Tag[]::new));
    }

    /** Drops one entry, as Redis does where memory is short. What is being loaded will be stored. */
    public void drop(EntryKey<?> key) {
        redis.ask("UNLINK", nameOf(key));
    }

    /** Evicts everything, as a purge of the namespace does; what is being loaded will not be stored. */
    public void evictAll() {
        for (var name : entries.names()) {
            if (!name.equals(keys.position())) {
                redis.ask("UNLINK", name);
            }
        }
    }

    /**
     * Publishes a position: all commits up to it count as evicted.
     *
     * @param position such as {@code 0/1A2B3C4}
     */
    public void publish(String position) {
        invalidator.publish(WalPosition.of(position).lsn());
    }

    /** The invalidator hangs: its position stays where it is, and proves less and less to bounded reads. */
    public void stopInvalidator() {
        invalidator.stop();
    }

    /** As if no invalidator had ever published in the namespace: nothing is stored or taken. */
    public void removeInvalidator() {
        invalidator.remove();
    }

    /** An invalidator publishes, keeps up, and is at {@code 0/0} if no position was published before. */
    public void startInvalidator() {
        invalidator.start();
        if (redis.ask("HGET", keys.position(), "lsn") == null) {
            publish(FIRST);
        }
    }

    /** Redis is gone, until {@link #restoreRedis}. Its contents stay. */
    public void loseRedis() {
        wire.cut();
    }

    /** Redis is back, as it was. */
    public void restoreRedis() {
        wire.mend();
    }

    /** Redis lost all that it had, and the invalidator has published again. */
    public void emptyRedis() {
        redis.ask("FLUSHALL");
        startInvalidator();
    }

    /** Time goes on by this much at once: entries expire, loads that are under way are too old to be stored. */
    public void advance(Duration time) {
        redis.advance(time);
    }

    /** All entries, by key. */
    public List<FakeEntry> entries() {
        return entries.all();
    }

    /** The entry of a key, if there is one. */
    public Optional<FakeEntry> entry(EntryKey<?> key) {
        return entries.find(nameOf(key));
    }

    private String nameOf(EntryKey<?> key) {
        return keys.entry(
                key.isolate(), key.view().entity(), key.id(), key.view().name());
    }

    /** All that have entries, or loads under way. */
    private Set<Isolate> isolates() {
        var found = new LinkedHashSet<Isolate>();
        for (var name : new HashSet<>(entries.names())) {
            String entry = name.replaceFirst("}:~.*", "}:a:b:c");
            EntryName.parse(keys, entry).ifPresent(parsed -> found.add(parsed.isolate()));
        }
        return found;
    }

    /** Closes the cache that {@link #cache} gave. */
    @Override
    public synchronized void close() {
        if (cache != null) {
            cache.close();
        }
    }
}
