// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.store;

import dev.freshet.cache.store.RedisCalls.Operation;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.protocol.Contract;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.PositionField;
import dev.freshet.protocol.ProtocolScript;
import dev.freshet.protocol.Tag;
import dev.freshet.redis.RedisLink;
import dev.freshet.redis.Script;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a reader asks of Redis: {@code begin} and {@code fill} of the protocol, one round trip each, and what belongs to them.
 * Thread-safe.
 */
public final class RedisStore {
    private static final Script INVALIDATE = Script.of(ProtocolScript.INVALIDATE.text());
    private static final byte[] ENTRIES_AT_A_TIME = ReaderScripts.utf8("1000");
    private static final byte[] NO_NAMES = ReaderScripts.utf8("0");
    /** As the invalidator. */
    private static final byte[] MOST_FENCES = ReaderScripts.utf8("100000");

    private static final String[] PUBLISHED = Stream.concat(
                    Stream.of(PositionField.SYSTEM, PositionField.LSN, PositionField.UPDATED_AT),
                    Contract.NAMES.stream())
            .toArray(String[]::new);

    private final RedisCalls calls;
    private final ReaderScripts scripts;
    private final CacheKeys keys;
    private final byte[] fenceLifetime;
    private final RefusalLog refusals;

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
        this.calls = new RedisCalls(link, breaker, commandTimeout, registry);
        this.scripts = new ReaderScripts(link, keys, database, fenceLifetime);
        this.keys = keys;
        this.fenceLifetime = ReaderScripts.millis(fenceLifetime);
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
        return begin(asking, demand, lease, reply -> {});
    }

    /**
     * As above.
     *
     * @param sent told of the reply that is under way, which may come after this gave up waiting for it
     */
    public BeginReply begin(
            BeginRequest asking, Demand demand, Duration lease, Consumer<CompletionStage<BeginReply>> sent)
            throws RedisUnavailable, InterruptedException {
        var begin = scripts.begin(List.of(asking.entry()), demand, lease);
        BeginReply begun = calls.call(Operation.BEGIN, redis -> {
            CompletionStage<BeginReply> reply = heard(asking, redis, begin::one);
            sent.accept(reply);
            return reply;
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
        try {
            var begin = scripts.begin(asking.stream().map(BeginRequest::entry).toList(), demand, lease);
            CompletableFuture<List<BeginReply>> sent =
                    calls.send(Operation.BEGIN, redis -> heard(asking.get(0), redis, begin::all));
            return sent.thenApply(replies -> {
                replies.forEach(reply -> note(reply.refusal()));
                return replies;
            });
        } catch (RedisUnavailable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** On the connection of the request, if it has one that leads to the right node. */
    private static <T> CompletionStage<T> heard(
            BeginRequest asking,
            RedisClusterAsyncCommands<String, byte[]> redis,
            BiFunction<RedisClusterAsyncCommands<String, byte[]>, Boolean, CompletionStage<T>> begin) {
        if (asking.connection() == null) {
            return begin.apply(redis, false);
        }
        return begin.apply(asking.connection().async(), true)
                .exceptionallyCompose(failure ->
                        isElsewhere(failure) ? begin.apply(redis, false) : CompletableFuture.failedStage(failure));
    }

    /** Whether a node of a Cluster redirects to another one. The link's {@code commands()} would follow. */
    private static boolean isElsewhere(Throwable failure) {
        var cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof RedisCommandExecutionException
                && (cause.getMessage().startsWith("MOVED ")
                        || cause.getMessage().startsWith("ASK "));
    }

    /** Offers a value. */
    public FillOutcome fill(EntryAddress entry, FillToken token, Duration ttl, Fill loaded)
            throws RedisUnavailable, InterruptedException {
        return outcome(calls.call(Operation.FILL, scripts.fill(entry, token, ttl, loaded)));
    }

    /** Offers a value without waiting. What comes back ends by itself, perhaps with {@link RedisUnavailable}. */
    public CompletableFuture<FillOutcome> fillAsync(EntryAddress entry, FillToken token, Duration ttl, Fill loaded) {
        try {
            return calls.send(Operation.FILL, scripts.fill(entry, token, ttl, loaded))
                    .thenApply(this::outcome);
        } catch (RedisUnavailable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private FillOutcome outcome(byte[] reply) {
        String answer = ReaderScripts.ascii(reply);
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
                            now.stream().map(tag -> ReaderScripts.utf8(tag.name())))
                    .toArray(byte[][]::new);
            List<?> answer = calls.call(
                    Operation.INVALIDATE,
                    redis -> INVALIDATE.<String, byte[], List<?>>run(redis, ScriptOutputType.MULTI, names, args));
            left = now.subList(((Number) answer.get(0)).intValue(), now.size());
        }
    }

    /** Drops an entry, which is always safe: the next read loads it. */
    public void drop(EntryAddress entry) throws RedisUnavailable, InterruptedException {
        calls.call(Operation.DROP, redis -> redis.unlink(entry.name()));
    }

    /**
     * Gives the lease of an entry back, without waiting, unless it has expired and belongs to another process now. A fill
     * that is stored ends it, too. What comes back fails if Redis did not confirm it.
     */
    public CompletableFuture<?> release(EntryAddress entry) {
        return calls.send(Operation.RELEASE, scripts.unlock(entry));
    }

    /** The key of an entry's lease. */
    public String lease(EntryAddress entry) {
        return scripts.lease(entry);
    }

    /**
     * What the invalidator has published: fields of the position and of the contract, those that are there. In a Cluster that of
     * the master of what is shared.
     */
    public Map<String, String> published() throws RedisUnavailable, InterruptedException {
        String key = scripts.positionBeside(keys.fences(Isolate.SHARED));
        return calls.call(Operation.POSITION, redis -> redis.hmget(key, PUBLISHED)).stream()
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
}
