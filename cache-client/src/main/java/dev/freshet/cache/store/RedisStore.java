// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.store;

import dev.freshet.protocol.CacheKeys;
import dev.freshet.protocol.Contract;
import dev.freshet.protocol.EntryFormat;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.PositionField;
import dev.freshet.protocol.ProtocolScript;
import dev.freshet.protocol.Tag;
import dev.freshet.redis.RedisLink;
import dev.freshet.redis.Script;
import dev.freshet.redis.answer.NotConnectedException;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A reader's two operations of the protocol, {@code begin} and {@code fill}, one round trip each. Thread-safe. */
public final class RedisStore {
    private static final Script BEGIN = Script.of(ProtocolScript.BEGIN.text());
    private static final Script FILL = Script.of(ProtocolScript.FILL.text());
    private static final Script INVALIDATE = Script.of(ProtocolScript.INVALIDATE.text());
    private static final Script UNLOCK = Script.of(ProtocolScript.UNLOCK.text());
    private static final byte[] NULL = utf8("null");
    private static final byte[] LEASE = utf8("lease");
    private static final String LEASED = "leased";
    private static final byte[] ENTRIES_AT_A_TIME = utf8("1000");
    private static final byte[] NO_NAMES = utf8("0");
    /** As the invalidator. */
    private static final byte[] MOST_FENCES = utf8("100000");

    private static final String[] PUBLISHED = Stream.concat(
                    Stream.of(PositionField.SYSTEM, PositionField.LSN, PositionField.UPDATED_AT),
                    Contract.NAMES.stream())
            .toArray(String[]::new);

    private static final String LEFT_ALONE = "Redis timed out repeatedly and is left alone for a moment";

    private final RedisLink<String, byte[]> link;
    private final CircuitBreaker breaker;
    private final CacheKeys keys;
    private final byte[] fenceLifetime;
    private final Duration patience;
    private final StoreTimers timers;
    private final RefusalLog refusals;
    private final LoaderDatabase database;
    /** Identifies this process as the holder of a lease. */
    private final byte[] self = utf8(UUID.randomUUID().toString());

    /**
     * @param database that loaders read
     * @param commandTimeout after which the link gives up a command
     */
    public RedisStore(
            RedisLink<String, byte[]> link,
            CircuitBreaker breaker,
            CacheKeys keys,
            LoaderDatabase database,
            Duration fenceLifetime,
            Duration commandTimeout,
            MeterRegistry registry) {
        this.link = link;
        this.breaker = breaker;
        this.keys = keys;
        this.database = database;
        this.fenceLifetime = millis(fenceLifetime);
        // Normally the link's own timeout ends the wait. This bound is longer than twice that, as a script may be sent
        // twice.
        this.patience = commandTimeout.multipliedBy(2).plusSeconds(1);
        this.timers = StoreTimers.in(registry);
        this.refusals = new RefusalLog(keys.namespace());
    }

    /**
     * Asks for an entry.
     *
     * @param demand not {@link Demand#LOAD}
     * @param lease for how long to take the lease if the entry is not there; null to take none, and to wait for none
     */
    public BeginReply begin(BeginRequest asking, Demand demand, Duration lease)
            throws RedisUnavailable, InterruptedException {
        EntryAddress entry = asking.entry();
        String[] names = {keys.fences(entry.isolate()), entry.name()};
        var args = new ArrayList<byte[]>();
        args.add(utf8(keys.tagSetPrefix(entry.isolate())));
        args.add(fenceLifetime);
        contract(entry, database.text(), args);
        demand(demand, args);
        lease(lease, args);
        byte[][] all = args.toArray(byte[][]::new);
        BeginReply begun = call(timers.begin(), redis -> {
            if (asking.connection() == null) {
                return begin(redis, names, all, false);
            }
            return begin(asking.connection().async(), names, all, true)
                    .exceptionallyCompose(failure -> isElsewhere(failure)
                            ? begin(redis, names, all, false)
                            : CompletableFuture.failedStage(failure));
        });
        note(begun.refusal());
        return begun;
    }

    /**
     * Asks for several entries of one isolate in one step, without waiting. What comes back ends by itself: with a reply
     * for each request, in their order, or with {@link RedisUnavailable}.
     *
     * @param asking at least one; all of one isolate, with one connection and moment
     * @param demand not {@link Demand#LOAD}
     * @param lease as in {@link #begin}, for each entry by itself
     */
    public CompletableFuture<List<BeginReply>> beginAll(List<BeginRequest> asking, Demand demand, Duration lease) {
        var first = asking.get(0);
        var isolate = first.entry().isolate();
        String[] names = Stream.concat(
                        Stream.of(keys.fences(isolate)),
                        asking.stream().map(one -> one.entry().name()))
                .toArray(String[]::new);
        var args = new ArrayList<byte[]>();
        args.add(utf8(keys.tagSetPrefix(isolate)));
        args.add(fenceLifetime);
        try {
            contract(first.entry(), database.text(), args);
        } catch (RedisUnavailable e) {
            return CompletableFuture.failedFuture(e);
        }
        demand(demand, args);
        lease(lease, args);
        byte[][] all = args.toArray(byte[][]::new);
        CompletableFuture<List<BeginReply>> sent = send(timers.begin(), redis -> {
            if (first.connection() == null) {
                return beginAll(redis, names, all, false);
            }
            return beginAll(first.connection().async(), names, all, true)
                    .exceptionallyCompose(failure -> isElsewhere(failure)
                            ? beginAll(redis, names, all, false)
                            : CompletableFuture.failedStage(failure));
        });
        return sent.thenApply(replies -> {
            replies.forEach(reply -> note(reply.refusal()));
            return replies;
        });
    }

    /**
     * What the invalidator has published: fields of the position and of the contract, those that are there. In a Cluster that of
     * the master of what is shared.
     */
    public Map<String, String> published() throws RedisUnavailable, InterruptedException {
        String key = positionBeside(keys.fences(Isolate.SHARED));
        return call(timers.position(), redis -> redis.hmget(key, PUBLISHED)).stream()
                .filter(KeyValue::hasValue)
                .collect(Collectors.toMap(
                        KeyValue::getKey, field -> new String(field.getValue(), StandardCharsets.UTF_8)));
    }

    /** Why values are not cached, as far as reads have found out. */
    public Optional<String> problem() {
        return refusals.problem();
    }

    private void note(Refusal refusal) {
        if (refusal == null) {
            refusals.served();
        } else {
            refusals.refused(refusal);
        }
    }

    private static CompletionStage<BeginReply> begin(
            RedisClusterAsyncCommands<String, byte[]> redis, String[] names, byte[][] args, boolean heard) {
        CompletionStage<List<byte[]>> answer = BEGIN.run(redis, ScriptOutputType.MULTI, names, args);
        return answer.thenApply(found -> begun(found, leases(args), heard));
    }

    private static CompletionStage<List<BeginReply>> beginAll(
            RedisClusterAsyncCommands<String, byte[]> redis, String[] names, byte[][] args, boolean heard) {
        CompletionStage<List<?>> answer = BEGIN.run(redis, ScriptOutputType.MULTI, names, args);
        return answer.thenApply(found -> begunAll(found, names.length - 1, leases(args), heard));
    }

    /** For several entries there is a list of replies, or one for all of them if nothing may be stored. */
    private static List<BeginReply> begunAll(List<?> found, int entries, boolean leasing, boolean heard) {
        if (found.get(0) instanceof List) {
            return found.stream()
                    .map(one -> begun((List<?>) one, leasing, heard))
                    .toList();
        }
        return Collections.nCopies(entries, begun(found, leasing, heard));
    }

    private static BeginReply begun(List<?> found, boolean leasing, boolean heard) {
        if (found.size() == 1) {
            return new BeginReply((byte[]) found.get(0), null, null, heard, BeginReply.Lease.NONE);
        }
        var token = found.get(1) == null ? null : new FillToken(ascii(found.get(1)), ascii(found.get(2)));
        String why = found.size() > 3 ? ascii(found.get(3)) : null;
        if (LEASED.equals(why)) {
            return new BeginReply(null, null, null, heard, BeginReply.Lease.ELSEWHERE);
        }
        var lease = leasing && why == null ? BeginReply.Lease.OWN : BeginReply.Lease.NONE;
        return new BeginReply(null, token, why == null ? null : Refusal.of(why), heard, lease);
    }

    /** Whether a node of a Cluster redirects to another one. The link's {@code commands()} would follow. */
    private static boolean isElsewhere(Throwable failure) {
        var cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof RedisCommandExecutionException
                && (cause.getMessage().startsWith("MOVED ")
                        || cause.getMessage().startsWith("ASK "));
    }

    /**
     * What the position must prove. Every number has at most 32 bits or, in µs, is at most a day: a double holds it
     * exactly.
     */
    private static void demand(Demand demand, List<byte[]> args) {
        if (demand instanceof Demand.Reached session) {
            args.add(utf8("session"));
            args.add(utf8(Long.toString(session.lsn().high())));
            args.add(utf8(Long.toString(session.lsn().low())));
            args.add(utf8(session.system() == null ? "" : session.system()));
        } else if (demand instanceof Demand.MaxAge age) {
            args.add(utf8("bounded"));
            args.add(utf8(Long.toString(age.bound().toNanos() / 1000)));
        }
    }

    private void lease(Duration lease, List<byte[]> args) {
        if (lease != null) {
            args.add(LEASE);
            args.add(self);
            args.add(millis(lease));
        }
    }

    /** Whether a lease was asked for: these are the arguments that end with one. */
    private static boolean leases(byte[][] args) {
        return args[args.length - 3] == LEASE;
    }

    /** Where the invalidator publishes what it evicts, and which database it must work on. */
    private void contract(EntryAddress entry, String source, List<byte[]> args) throws RedisUnavailable {
        args.add(utf8(positionBeside(entry.name())));
        args.add(utf8(Contract.coverageField(entry.isolate())));
        args.add(utf8(source));
    }

    /**
     * The position on the same master as the entry: after a failover, the position of another master would prove
     * nothing.
     */
    private String positionBeside(String entry) throws RedisUnavailable {
        try {
            OptionalInt index = link.positionIndex(entry);
            return index.isPresent() ? keys.position(index.getAsInt()) : keys.position();
        } catch (NotConnectedException e) {
            throw new RedisUnavailable(e.getMessage());
        }
    }

    /** Offers a value. */
    public FillOutcome fill(EntryAddress entry, FillToken token, Duration ttl, Fill loaded)
            throws RedisUnavailable, InterruptedException {
        var offer = offer(entry, token, ttl, loaded);
        return outcome(call(timers.fill(), offer::send));
    }

    /** Offers a value without waiting. What comes back ends by itself, perhaps with {@link RedisUnavailable}. */
    public CompletableFuture<FillOutcome> fillAsync(EntryAddress entry, FillToken token, Duration ttl, Fill loaded) {
        try {
            var offer = offer(entry, token, ttl, loaded);
            return send(timers.fill(), offer::send).thenApply(this::outcome);
        } catch (RedisUnavailable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** The keys and arguments of a fill. */
    private record Offer(String[] names, byte[][] args) {
        CompletionStage<byte[]> send(RedisClusterAsyncCommands<String, byte[]> redis) {
            return FILL.run(redis, ScriptOutputType.VALUE, names, args);
        }
    }

    private Offer offer(EntryAddress entry, FillToken token, Duration ttl, Fill loaded) throws RedisUnavailable {
        var names = new ArrayList<String>();
        names.add(keys.fences(entry.isolate()));
        names.add(entry.name());
        var args = new ArrayList<byte[]>();
        args.add(utf8(token.created()));
        args.add(utf8(token.time()));
        args.add(fenceLifetime);
        args.add(millis(ttl));
        args.add(utf8(trace(loaded)));
        args.add(loaded.json() == null ? NULL : loaded.json());
        contract(
                entry,
                loaded.database() == null ? database.text() : loaded.database().toString(),
                args);
        for (Tag tag : loaded.tags()) {
            names.add(keys.tagSet(entry.isolate(), tag));
            args.add(utf8(tag.name()));
        }
        return new Offer(names.toArray(String[]::new), args.toArray(byte[][]::new));
    }

    private static String trace(Fill loaded) {
        return loaded.lsn() == null ? "" : EntryFormat.trace(loaded.lsn().toString(), loaded.snapshot());
    }

    private FillOutcome outcome(byte[] reply) {
        String answer = ascii(reply);
        FillOutcome fill = FillOutcome.of(answer);
        note(fill.nobodyEvicts() ? Refusal.of(answer) : null);
        return fill;
    }

    /**
     * Fences tags of an isolate, and unlinks the entries under them, as the invalidator does. When this returns, no
     * value is there that was computed from one of them with a token taken before, and none will be stored.
     *
     * @throws RedisUnavailable if it is not known to be done; to be called again then
     */
    public void invalidate(Isolate isolate, List<Tag> tags) throws RedisUnavailable, InterruptedException {
        for (List<Tag> left = tags; !left.isEmpty(); ) {
            var now = left;
            String[] names = Stream.concat(
                            Stream.of(keys.fences(isolate)), now.stream().map(tag -> keys.tagSet(isolate, tag)))
                    .toArray(String[]::new);
            byte[][] args = Stream.concat(
                            Stream.of(fenceLifetime, ENTRIES_AT_A_TIME, NO_NAMES, MOST_FENCES),
                            now.stream().map(tag -> utf8(tag.name())))
                    .toArray(byte[][]::new);
            List<?> answer = call(
                    timers.invalidate(),
                    redis -> INVALIDATE.<String, byte[], List<?>>run(redis, ScriptOutputType.MULTI, names, args));
            left = now.subList(((Number) answer.get(0)).intValue(), now.size());
        }
    }

    /** Drops an entry, which is always safe: the next read loads it. */
    public void drop(EntryAddress entry) throws RedisUnavailable, InterruptedException {
        call(timers.drop(), redis -> redis.unlink(entry.name()));
    }

    /**
     * Gives the lease of an entry back, without waiting, unless it has expired and belongs to another process now. A fill
     * that is stored ends it, too. If Redis does not answer, it expires.
     */
    public CompletableFuture<?> release(EntryAddress entry) {
        String[] lease = {lease(entry)};
        return send(
                timers.release(),
                redis -> UNLOCK.<String, byte[], Long>run(redis, ScriptOutputType.INTEGER, lease, self));
    }

    /** The key of an entry's lease. */
    public String lease(EntryAddress entry) {
        return keys.lease(entry.isolate(), entry.name());
    }

    /** One call to Redis, not yet waited for. */
    private interface Call<T> {
        CompletionStage<T> on(RedisClusterAsyncCommands<String, byte[]> redis);
    }

    private <T> T call(Timer timer, Call<T> call) throws RedisUnavailable, InterruptedException {
        var redis = connected();
        if (!breaker.permits()) {
            throw new RedisUnavailable(LEFT_ALONE);
        }
        long start = System.nanoTime();
        try {
            T answer = call.on(redis).toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            breaker.answered();
            return answer;
        } catch (TimeoutException e) {
            timedOut();
            throw new RedisUnavailable(e);
        } catch (ExecutionException e) {
            note(e.getCause());
            throw new RedisUnavailable(e.getCause());
        } catch (RedisException e) {
            throw new RedisUnavailable(e);
        } finally {
            timer.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        }
    }

    /** As {@link #call}, without a thread that waits. */
    private <T> CompletableFuture<T> send(Timer timer, Call<T> call) {
        long start = System.nanoTime();
        CompletionStage<T> sent;
        try {
            var redis = connected();
            if (!breaker.permits()) {
                throw new RedisUnavailable(LEFT_ALONE);
            }
            sent = call.on(redis);
        } catch (RedisUnavailable e) {
            return CompletableFuture.failedFuture(e);
        } catch (RedisException e) {
            return CompletableFuture.failedFuture(new RedisUnavailable(e));
        }
        return sent.thenApply(Function.identity())
                .toCompletableFuture()
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .handle((answer, failure) -> {
                    timer.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
                    if (failure != null) {
                        throw new CompletionException(unavailable(failure));
                    }
                    breaker.answered();
                    return answer;
                });
    }

    private RedisUnavailable unavailable(Throwable failure) {
        var cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof TimeoutException) {
            timedOut();
        } else {
            note(cause);
        }
        return new RedisUnavailable(cause);
    }

    private RedisClusterAsyncCommands<String, byte[]> connected() throws RedisUnavailable {
        try {
            return link.commands();
        } catch (NotConnectedException e) {
            throw new RedisUnavailable(e.getMessage());
        }
    }

    private void note(Throwable failure) {
        link.renewAfter(failure);
        if (failure instanceof RedisCommandTimeoutException) {
            timedOut();
        } else if (failure instanceof RedisCommandExecutionException) {
            breaker.answered();
        }
    }

    private void timedOut() {
        if (breaker.timedOut()) {
            link.renew();
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] millis(Duration duration) {
        return utf8(Long.toString(duration.toMillis()));
    }

    private static String ascii(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.US_ASCII);
    }
}
