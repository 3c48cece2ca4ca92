// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.store;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs, once, why values are not cached. Thread-safe. */
final class RefusalLog {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    private static final int MOST_KINDS = 100;
    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    private final String namespace;
    private final AtomicReference<Refusal.Kind> standing = new AtomicReference<>();
    private final Set<String> uncovered = ConcurrentHashMap.newKeySet();
    private volatile long lastUncovered;

    RefusalLog(String namespace) {
        this.namespace = namespace;
    }

    void refused(Refusal by) {
        switch (by.kind()) {
            case UNCOVERED -> uncovered(by.tags());
            case NO_INVALIDATOR, FOREIGN -> {
                if (standing.getAndSet(by.kind()) != by.kind()) {
                    unserved(by.kind());
                }
            }
            case BEHIND -> {}
        }
    }

    /** Why no value is cached, if that is so; else why some are not. */
    Optional<String> problem() {
        Refusal.Kind kind = standing.get();
        if (kind == Refusal.Kind.NO_INVALIDATOR) {
            return Optional.of("no invalidator publishes in namespace " + namespace);
        }
        if (kind == Refusal.Kind.FOREIGN) {
            return Optional.of("the invalidator of namespace " + namespace + " works on another database");
        }
        return uncovered.isEmpty() || System.nanoTime() - lastUncovered > REMEMBERED.toNanos()
                ? Optional.empty()
                : Optional.of("the invalidator of namespace " + namespace + " does not evict tags of the kinds "
                        + String.join(", ", new TreeSet<>(uncovered)));
    }

    /** A read or a fill was not refused. */
    void served() {
        if (standing.get() != null && standing.getAndSet(null) != null) {
            LOG.info("an invalidator publishes in namespace {}: values are cached", namespace);
        }
    }

    private void unserved(Refusal.Kind kind) {
        if (kind == Refusal.Kind.FOREIGN) {
            LOG.warn(
                    "the invalidator that publishes in namespace {} works on another database than this reader: every read"
                            + " is loaded and nothing is cached. Give each database a namespace of its own, in the mapping"
                            + " and here",
                    namespace);
        } else {
            LOG.warn(
                    "no invalidator publishes in namespace {}: every read is loaded and nothing is cached until one does."
                            + " Start `freshet invalidator run` on this Redis, with a mapping that says"
                            + " `namespace: {}`",
                    namespace,
                    namespace);
        }
    }

    private void uncovered(String kind) {
        lastUncovered = System.nanoTime();
        if (uncovered.size() < MOST_KINDS && uncovered.add(kind)) {
            int slash = kind.indexOf('/');
            String entity = slash < 0 ? kind : kind.substring(0, slash);
            LOG.warn(
                    "values with tags of the kind {} are not cached: the invalidator of namespace {} evicts none of these."
                            + " Every read of them is loaded. In its mapping expected: `tags: true` for entity {}{}, and an"
                            + " `isolate` if its rows have owners; then these values are entries of the owner, not shared ones",
                    kind,
                    namespace,
                    entity,
                    slash < 0
                            ? ""
                            : kind.endsWith("/inherited")
                                    ? " and an entity whose `parent` it is"
                                    : " and an entity " + kind.substring(slash + 1) + " whose `parent` it is");
        }
    }
}
