// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import dev.freshet.cache.load.CacheMetrics;
import dev.freshet.cache.read.Answer;
import dev.freshet.cache.read.Later;
import dev.freshet.cache.read.ReadThrough;
import dev.freshet.cache.store.Demand;
import dev.freshet.cache.store.EntryAddress;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.protocol.CacheKeys;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads at one level, of values with types. Thread-safe. */
final class TypedReads implements CacheReads {
    private static final Logger LOG = LoggerFactory.getLogger(TypedReads.class);

    private final CacheKeys keys;
    private final ReadThrough reads;
    private final CacheMetrics metrics;
    private final Executor executor;
    private final Consistency consistency;
    private final Demand demand;

    TypedReads(CacheKeys keys, ReadThrough reads, CacheMetrics metrics, Executor executor, Consistency consistency) {
        this.keys = keys;
        this.reads = reads;
        this.metrics = metrics;
        this.executor = executor;
        this.consistency = Objects.requireNonNull(consistency, "consistency");
        this.demand = demand(consistency);
    }

    /** The same at another level. */
    TypedReads at(Consistency other) {
        return new TypedReads(keys, reads, metrics, executor, other);
    }

    @Override
    public <T, X extends Exception> CacheResult<T> get(EntryKey<T> key, Loader<T, X> loader) throws X {
        var load = loading(key, loader);
        return interruptible(() -> readable(load, reads.read(load.entry, demand, isEventual(), load)));
    }

    @Override
    public <T> Optional<CacheResult<T>> find(EntryKey<T> key) {
        var read = new Loads.One<T, RuntimeException>(key, address(key), () -> null);
        return interruptible(() -> {
            Answer kept = reads.find(read.entry, demand);
            return Optional.ofNullable(kept == null ? null : result(read, kept)).map(this::answer);
        });
    }

    @Override
    public <T, X extends Exception> CompletableFuture<CacheResult<T>> getAsync(EntryKey<T> key, Loader<T, X> loader) {
        var load = loading(key, loader);
        var kept = reads.inMemory(load.entry, demand);
        var answered = kept == null ? begun(load) : CompletableFuture.completedFuture(kept);
        // What is read does not queue up behind loads.
        CompletableFuture<Optional<CacheResult<T>>> read = answered.thenApplyAsync(
                answer -> Optional.ofNullable(result(load, answer)).map(this::answer), Later.SHORT);
        return told(read.thenCompose(
                found -> found.map(CompletableFuture::completedFuture).orElseGet(() -> reloadedLater(load))));
    }

    private <T, X extends Exception> CompletableFuture<Answer> begun(Loads.One<T, X> load) {
        return reads.reading(load.entry, demand, isEventual(), load).run(executor);
    }

    /** As {@link #reloaded}. */
    private <T, X extends Exception> CompletableFuture<CacheResult<T>> reloadedLater(Loads.One<T, X> load) {
        return Later.in(executor, () -> {
                    reads.drop(load.entry);
                    return true;
                })
                .thenCompose(dropped -> begun(load))
                .thenCompose(answer -> Later.in(executor, () -> answer(readOrLoaded(load, answer))));
    }

    /**
     * What the caller gets. A read that the caller cancels goes on: others may wait for what it loads, and what it has of Redis
     * is given back.
     */
    private static <R> CompletableFuture<R> told(CompletableFuture<R> read) {
        return read.exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                        Later.cause(failure) instanceof InterruptedException e
                                ? new InterruptedReadException(e)
                                : failure))
                .copy();
    }

    @Override
    public <T, X extends Exception> Map<EntryKey<T>, CacheResult<T>> getAll(
            Collection<EntryKey<T>> keys, Loader.OfMany<T, X> loader) throws X {
        return interruptible(() -> {
            var load = loading(keys, loader);
            return complete(
                    load,
                    read(
                            load,
                            reads.readAll(load.entries(), demand, isEventual(), load)
                                    .run()));
        });
    }

    @Override
    public <T, X extends Exception> CompletableFuture<Map<EntryKey<T>, CacheResult<T>>> getAllAsync(
            Collection<EntryKey<T>> keys, Loader.OfMany<T, X> loader) {
        var load = loading(keys, loader);
        return told(reads.readAll(load.entries(), demand, isEventual(), load)
                .run(executor)
                .thenApplyAsync(answers -> read(load, answers), Later.SHORT)
                .thenCompose(found -> found.size() == load.all().size()
                        ? Later.in(Runnable::run, () -> complete(load, found))
                        : Later.in(executor, () -> complete(load, found))));
    }

    /** Something that waits. */
    private interface Waiting<R, X extends Exception> {
        R run() throws X, InterruptedException;
    }

    private static <R, X extends Exception> R interruptible(Waiting<R, X> read) throws X {
        try {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return read.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedReadException(e);
        }
    }

    private <T, X extends Exception> Loads.One<T, X> loading(EntryKey<T> key, Loader<T, X> loader) {
        Objects.requireNonNull(loader, "loader");
        var entry = address(key);
        if (reads.warms()) {
            reads.noticed(entry, () -> Loads.One.load(key, loader).encoded(key));
        }
        return new Loads.One<>(key, entry, loader);
    }

    private <T, X extends Exception> Loads<T, X> loading(Collection<EntryKey<T>> keys, Loader.OfMany<T, X> loader) {
        Objects.requireNonNull(loader, "loader");
        var load = new Loads<T, X>(loader);
        for (var key : keys) {
            load.add(loading(key, Loads.one(key, loader)));
        }
        return load;
    }

    /** What was answered, read; or, if it cannot be read, loaded. */
    private <T, X extends Exception> CacheResult<T> readable(Loads.One<T, X> load, Answer answer)
            throws X, InterruptedException {
        var found = result(load, answer);
        return answer(found == null ? reloaded(load) : found);
    }

    private <T, X extends Exception> CacheResult<T> reloaded(Loads.One<T, X> load) throws X, InterruptedException {
        // What another version of the program wrote, say. A read of Redis comes next, not of memory.
        reads.drop(load.entry);
        return readOrLoaded(load, reads.read(load.entry, demand, isEventual(), load));
    }

    /** Loads if it cannot be read again: somebody else goes on to store what cannot be read here. */
    private <T, X extends Exception> CacheResult<T> readOrLoaded(Loads.One<T, X> load, Answer answer)
            throws X, InterruptedException {
        var found = result(load, answer);
        return found == null ? result(load, reads.loadAlone(load)) : found;
    }

    /** Those that can be read. */
    private <T, X extends Exception> Map<EntryAddress, CacheResult<T>> read(
            Loads<T, X> load, Map<EntryAddress, Answer> answers) {
        var found = new HashMap<EntryAddress, CacheResult<T>>();
        for (var one : load.all()) {
            var result = result(one, answers.get(one.entry));
            if (result != null) {
                found.put(one.entry, result);
            }
        }
        return found;
    }

    /** All, in their order. Those that could not be read are dropped, and loaded at once. */
    private <T, X extends Exception> Map<EntryKey<T>, CacheResult<T>> complete(
            Loads<T, X> load, Map<EntryAddress, CacheResult<T>> found) throws X, InterruptedException {
        var unread = load.entries().stream()
                .filter(entry -> !found.containsKey(entry))
                .toList();
        for (var entry : unread) {
            reads.drop(entry);
        }
        Map<EntryAddress, Answer> again = unread.isEmpty()
                ? Map.of()
                : reads.readAll(unread, demand, isEventual(), load).run();
        var results = new LinkedHashMap<EntryKey<T>, CacheResult<T>>();
        for (var one : load.all()) {
            var result = found.get(one.entry);
            results.put(one.key, answer(result == null ? readOrLoaded(one, again.get(one.entry)) : result));
        }
        return results;
    }

    private boolean isEventual() {
        return consistency == Consistency.eventual();
    }

    private EntryAddress address(EntryKey<?> key) {
        var isolate = key.isolate();
        return new EntryAddress(
                isolate,
                keys.entry(isolate, key.view().entity(), key.id(), key.view().name()));
    }

    /** Null if it cannot be read. */
    private <T> CacheResult<T> result(Loads.One<T, ?> load, Answer answer) {
        var status = CacheStatus.of(answer.status());
        var position = answer.lsn() == null ? null : new WalPosition(answer.lsn(), answer.system());
        if (answer.json() == null) {
            return new CacheResult<>(null, status, position, answer.age());
        }
        if (load.wrote(answer.json())) {
            return new CacheResult<>(load.value(), status, position);
        }
        var view = load.key.view();
        try {
            return new CacheResult<>(
                    Objects.requireNonNull(view.codec().decode(answer.json()), "the codec answered null"),
                    status,
                    position,
                    answer.age());
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
