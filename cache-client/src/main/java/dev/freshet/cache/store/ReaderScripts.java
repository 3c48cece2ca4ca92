// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.store;

import dev.freshet.protocol.CacheKeys;
import dev.freshet.protocol.Contract;
import dev.freshet.protocol.EntryFormat;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.ProtocolScript;
import dev.freshet.protocol.Tag;
import dev.freshet.redis.RedisLink;
import dev.freshet.redis.Script;
import dev.freshet.redis.answer.NotConnectedException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** What {@code begin}, {@code fill} and {@code unlock} take and answer, on the wire. Thread-safe. */
final class ReaderScripts {
    private static final Script BEGIN = Script.of(ProtocolScript.BEGIN.text());
    private static final Script FILL = Script.of(ProtocolScript.FILL.text());
    private static final Script UNLOCK = Script.of(ProtocolScript.UNLOCK.text());
    private static final byte[] NULL = utf8("null");
    private static final byte[] LEASE = utf8("lease");
    private static final String LEASED = "leased";

    private final RedisLink<String, byte[]> link;
    private final CacheKeys keys;
    private final LoaderDatabase database;
    private final byte[] fenceLifetime;
    /** Identifies this process as the holder of a lease. */
    private final byte[] self = utf8(UUID.randomUUID().toString());

    /** @param database that loaders read */
    ReaderScripts(RedisLink<String, byte[]> link, CacheKeys keys, LoaderDatabase database, Duration fenceLifetime) {
        this.link = link;
        this.keys = keys;
        this.database = database;
        this.fenceLifetime = millis(fenceLifetime);
    }

    /** Keys and arguments of {@code begin}. */
    record Begin(String[] names, byte[][] args, boolean leasing) {
        /**
         * For one entry.
         *
         * @param heard whether this is the connection of the {@link BeginRequest}
         */
        CompletionStage<BeginReply> one(RedisClusterAsyncCommands<String, byte[]> redis, boolean heard) {
            CompletionStage<List<byte[]>> answer = BEGIN.run(redis, ScriptOutputType.MULTI, names, args);
            return answer.thenApply(found -> begun(found, leasing, heard));
        }

        /** For several entries there is a list of replies, or one for all of them if nothing may be stored. */
        CompletionStage<List<BeginReply>> all(RedisClusterAsyncCommands<String, byte[]> redis, boolean heard) {
            CompletionStage<List<?>> answer = BEGIN.run(redis, ScriptOutputType.MULTI, names, args);
            return answer.thenApply(found -> found.get(0) instanceof List
                    ? found.stream()
                            .map(one -> begun((List<?>) one, leasing, heard))
                            .toList()
                    : Collections.nCopies(names.length - 1, begun(found, leasing, heard)));
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
    }

    /**
     * Asks for entries.
     *
     * @param entries of one isolate
     * @param lease null: neither takes leases nor is told of them
     */
    Begin begin(List<EntryAddress> entries, Demand demand, Duration lease) throws RedisUnavailable {
        Isolate isolate = entries.get(0).isolate();
        var names = new ArrayList<String>();
        names.add(keys.fences(isolate));
        entries.forEach(entry -> names.add(entry.name()));
        var args = new ArrayList<byte[]>();
        args.add(utf8(keys.tagSetPrefix(isolate)));
        args.add(fenceLifetime);
        contract(entries.get(0), database.text(), args);
        demand(demand, args);
        if (lease != null) {
            args.add(LEASE);
            args.add(self);
            args.add(millis(lease));
        }
        return new Begin(names.toArray(String[]::new), args.toArray(byte[][]::new), lease != null);
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
    String positionBeside(String entry) throws RedisUnavailable {
        try {
            OptionalInt index = link.positionIndex(entry);
            return index.isPresent() ? keys.position(index.getAsInt()) : keys.position();
        } catch (NotConnectedException e) {
            throw new RedisUnavailable(e.getMessage());
        }
    }

    /** Keys and arguments of {@code fill}. */
    record Offer(String[] names, byte[][] args) implements RedisCalls.Call<byte[]> {
        @Override
        public CompletionStage<byte[]> on(RedisClusterAsyncCommands<String, byte[]> redis) {
            return FILL.run(redis, ScriptOutputType.VALUE, names, args);
        }
    }

    /** Offers a value. */
    Offer fill(EntryAddress entry, FillToken token, Duration ttl, Fill loaded) throws RedisUnavailable {
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

    /** Gives a lease back, if this process still has it. */
    RedisCalls.Call<Long> unlock(EntryAddress entry) {
        String[] lease = {lease(entry)};
        return redis -> UNLOCK.<String, byte[], Long>run(redis, ScriptOutputType.INTEGER, lease, self);
    }

    /** The key of an entry's lease. */
    String lease(EntryAddress entry) {
        return keys.lease(entry.isolate(), entry.name());
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] millis(Duration duration) {
        return utf8(Long.toString(duration.toMillis()));
    }

    static String ascii(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.US_ASCII);
    }
}
