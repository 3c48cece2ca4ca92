// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import dev.freshet.cache.load.CacheMetrics;
import dev.freshet.cache.read.Answer;
import dev.freshet.cache.read.Load;
import dev.freshet.cache.read.ReadThrough;
import dev.freshet.cache.store.Demand;
import dev.freshet.cache.store.EntryAddress;
import dev.freshet.cache.store.Fill;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.protocol.CacheKeys;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads at one level, of values with types. Thread-safe. */
final class TypedReads implements CacheReads {
    private static final Logger LOG = LoggerFactory.getLogger(TypedReads.class);

    private final CacheKeys keys;
    private final ReadThrough reads;
    private final CacheMetrics metrics;
    private final Consistency consistency;
    private final Demand demand;

    TypedReads(CacheKeys keys, ReadThrough reads, CacheMetrics metrics, Consistency consistency) {
        this.keys = keys;
        this.reads = reads;
        this.metrics = metrics;
        this.consistency = Objects.requireNonNull(consistency, "consistency");
        this.demand = demand(consistency);
    }

    /** The same at another level. */
    TypedReads at(Consistency other) {
        return new TypedReads(keys, reads, metrics, other);
    }

    @Override
    public <T, X extends Exception> CacheResult<T> get(EntryKey<T> key, Loader<T, X> loader) throws X {
        Objects.requireNonNull(loader, "loader");
        try {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return read(key, loader);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedReadException(e);
        }
    }

    private <T, X extends Exception> CacheResult<T> read(EntryKey<T> key, Loader<T, X> loader)
            throws X, InterruptedException {
        var entry = address(key);
        var load = new Loading<>(key, loader);
        if (reads.warms()) {
            reads.noticed(entry, () -> load(key, loader).encoded(key.view().codec()));
        }
        var found = result(load, reads.read(entry, demand, isEventual(), load));
        if (found == null) {
            // What another version of the program wrote, say. A read of Redis comes next, not of memory.
            reads.drop(entry);
            found = result(load, reads.read(entry, demand, isEventual(), load));
        }
        // Null again: somebody else goes on to store what cannot be read here.
        return answer(found == null ? result(load, reads.loadAlone(load)) : found);
    }

    private boolean isEventual() {
        return consistency == Consistency.eventual();
    }

    private EntryAddress address(EntryKey<?> key) {
        var isolate = key.isolate();
        return new EntryAddress(
                isolate, keys.entry(isolate, key.view().entity(), key.id(), key.view().name()));
    }

    /** Loads a value, and keeps the object for the caller whose loader made it: all others read what was written. */
    private static final class Loading<T, X extends Exception> implements Load<X> {
        private final EntryKey<T> key;
        private final Loader<T, X> loader;
        private T value;
        private byte[] json;

        Loading(EntryKey<T> key, Loader<T, X> loader) {
            this.key = key;
            this.loader = loader;
        }

        @Override
        public Fill load() throws X {
            var loaded = TypedReads.load(key, loader);
            var fill = loaded.encoded(key.view().codec());
            value = loaded.value();
            json = fill.json();
            return fill;
        }
    }

    private static <T, X extends Exception> Loaded<T> load(EntryKey<T> key, Loader<T, X> loader) throws X {
        var loaded = loader.load();
        if (loaded == null) {
            throw new NullPointerException("the loader of view " + key.view()
                    + " answered null; for 'does not exist' use Loaded.absent");
        }
        return loaded;
    }

    /** Null if it cannot be read. */
    private <T> CacheResult<T> result(Loading<T, ?> load, Answer answer) {
        var status = CacheStatus.of(answer.status());
        var position = answer.lsn() == null ? null : new WalPosition(answer.lsn(), answer.system());
        if (answer.json() == null || answer.json() == load.json) {
            return new CacheResult<>(answer.json() == null ? null : load.value, status, position);
        }
        var view = load.key.view();
        try {
            return new CacheResult<>(
                    Objects.requireNonNull(view.codec().decode(answer.json()), "the codec answered null"), status, position);
        } catch (RuntimeException e) {
            // Its message may hold parts of the value.
            if (metrics.unreadable() == 1) {
                LOG.warn(
                        "a cached value of view {} cannot be read ({}), so it is loaded; if the type of its values changed,"
                                + " give the view another format. Counted in freshet.cache.unreadable, and not logged again",
                        view,
                        e.getClass().getName());
            }
            return null;
        }
    }

    /** What a read at a level demands of the published position. */
    private static Demand demand(Consistency consistency) {
        if (consistency instanceof Consistency.Bounded bounded) {
            return new Demand.MaxAge(bounded.maxAge());
        }
        if (consistency instanceof Consistency.Session session) {
            var position = session.position();
            return new Demand.Reached(position.place(), position.system().orElse(null));
        }
        return consistency == Consistency.strong() ? Demand.LOAD : Demand.NONE;
    }

    private String level() {
        if (consistency instanceof Consistency.Bounded) {
            return "bounded";
        }
        if (consistency instanceof Consistency.Session) {
            return "session";
        }
        return consistency == Consistency.strong() ? "strong" : "eventual";
    }

    /**
     * Checks the position of a session only after a loader was asked. After the database was moved, only the loader can
     * tell which cluster it reads now. Until then nothing in the cache proves enough for a position of the new cluster.
     */
    private <T> CacheResult<T> answer(CacheResult<T> result) {
        if (consistency instanceof Consistency.Session session) {
            String system = result.position().flatMap(WalPosition::system).orElseGet(reads::system);
            if (session.position().isForeignTo(system)) {
                throw new ForeignPositionException(session.position(), system);
            }
        }
        metrics.read(level(), result.status().toString(), result.isPresent());
        return result;
    }
}
