// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit.redis;

import dev.freshet.audit.entry.CachedEntries;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.protocol.Contract;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Lsn;
import dev.freshet.protocol.PositionField;
import dev.freshet.redis.LinkSettings;
import dev.freshet.redis.MasterLink;
import dev.freshet.redis.RedisLink;
import dev.freshet.redis.answer.Answers;
import dev.freshet.redis.answer.NoAnswerException;
import dev.freshet.redis.cache.EvictorSettings;
import io.lettuce.core.KeyScanArgs;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisException;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Reads the cache for an audit, over a connection of its own. Sends SCAN, GETRANGE, SISMEMBER, HMGET, PTTL and ZMSCORE
 * and nothing else. Like any read, GETRANGE counts as a use of the entry if Redis evicts by usage (LRU or LFU). The
 * tags' sets are read only for suspicious entries. One thread at a time.
 */
public final class RedisEntries implements CachedEntries, AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int PAGE = 1_000;
    private static final int MOST_UNDER_WAY = 4_096;

    private final CacheKeys keys;
    private final RedisLink<String, String> link;

    /** Connects on first use. */
    public RedisEntries(EvictorSettings settings) {
        this.keys = settings.keys();
        this.link = new RedisLink<>(
                new LinkSettings(settings.address(), "freshet-audit", TIMEOUT, TIMEOUT, MOST_UNDER_WAY),
                StringCodec.UTF8,
                () -> {});
    }

    @Override
    public void scan(Visitor visitor) throws InterruptedException {
        var args = new KeyScanArgs().type("string");
        args.limit(PAGE).match(keys.allIsolated());
        for (MasterLink<String, String> master : open(RedisLink::masters)) {
            ScanCursor cursor = ScanCursor.INITIAL;
            do {
                ScanCursor from = cursor;
                KeyScanCursor<String> page = await(master.send(redis -> redis.scan(from, args)));
                List<String> found = page.getKeys().stream()
                        // Freshet's own keys, which are not entries.
                        .filter(key -> !key.contains("}:~"))
                        .toList();
                if (!found.isEmpty() && !visitor.visit(found)) {
                    return;
                }
                cursor = page;
            } while (!cursor.isFinished());
        }
    }

    @Override
    public List<String> heads(List<String> wanted, int bytes) throws InterruptedException {
        var heads = new ArrayList<String>();
        for (var answer : send(wanted, (redis, key) -> redis.getrange(key, 0, bytes - 1L))) {
            heads.add(await(answer));
        }
        return heads;
    }

    @Override
    public Optional<Published> position(String key) throws InterruptedException {
        RedisClusterAsyncCommands<String, String> redis = open();
        OptionalInt index = open(connected -> connected.positionIndex(key));
        String position = index.isEmpty() ? keys.position() : keys.position(index.getAsInt());
        List<KeyValue<String, String>> fields =
                await(redis.hmget(position, PositionField.SYSTEM, PositionField.DATABASE, PositionField.LSN));
        return fields.stream().allMatch(KeyValue::hasValue)
                ? Optional.of(new Published(
                        fields.get(0).getValue(),
                        fields.get(1).getValue(),
                        lsn(fields.get(2).getValue())))
                : Optional.empty();
    }

    @Override
    public Optional<Contract> contract() throws InterruptedException {
        RedisClusterAsyncCommands<String, String> redis = open();
        OptionalInt index = open(connected -> connected.positionIndex(keys.fences(Isolate.SHARED)));
        String position = index.isEmpty() ? keys.position() : keys.position(index.getAsInt());
        var fields = new HashMap<String, String>();
        await(redis.hmget(position, Contract.NAMES.toArray(String[]::new))).stream()
                .filter(KeyValue::hasValue)
                .forEach(field -> fields.put(field.getKey(), field.getValue()));
        return Contract.of(fields);
    }

    private static Lsn lsn(String text) {
        try {
            return Lsn.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UnavailableException("cannot parse the published position: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean isListed(String key, Isolate isolate, Collection<String> tags) throws InterruptedException {
        boolean listed = true;
        for (var answer : send(tags, (redis, tag) -> redis.sismember(keys.tagSetPrefix(isolate) + tag, key))) {
            listed &= await(answer);
        }
        return listed;
    }

    @Override
    public Traces traces(String key, Isolate isolate, Collection<String> tags) throws InterruptedException {
        var fences = new HashMap<String, Long>();
        List<String> names = List.copyOf(tags);
        List<Double> purged = await(open().zmscore(keys.fences(isolate), names.toArray(String[]::new)));
        for (int i = 0; i < names.size(); i++) {
            if (purged.get(i) != null) {
                fences.put(names.get(i), purged.get(i).longValue());
            }
        }
        return new Traces(await(open().pttl(key)), fences);
    }

    private RedisClusterAsyncCommands<String, String> open() throws InterruptedException {
        return open(RedisLink::commands);
    }

    private <T> T open(Function<RedisLink<String, String>, T> use) throws InterruptedException {
        try {
            link.open(TIMEOUT);
            return use.apply(link);
        } catch (RedisException e) {
            throw new UnavailableException(e.getMessage(), e);
        }
    }

    private interface Command<T> {
        CompletionStage<T> send(RedisClusterAsyncCommands<String, String> redis, String name);
    }

    /** Sends all commands at once. There are about a hundred. */
    private <T> List<CompletionStage<T>> send(Collection<String> names, Command<T> command)
            throws InterruptedException {
        RedisClusterAsyncCommands<String, String> redis = open();
        var answers = new ArrayList<CompletionStage<T>>();
        names.forEach(name -> answers.add(command.send(redis, name)));
        return answers;
    }

    private static <T> T await(CompletionStage<T> answer) throws InterruptedException {
        try {
            return Answers.await(answer, TIMEOUT);
        } catch (NoAnswerException e) {
            throw new UnavailableException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        link.close();
    }
}
