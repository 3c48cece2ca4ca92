// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.world;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The cached values of rows, as an application would have stored them. Thread-safe. */
public final class ItemKeys {
    private static final int AT_ONCE = 10_000;
    private static final int UNLINKED_AT_ONCE = 500;
    private static final int SCANNED_AT_ONCE = 1_000;
    private static final String VALUE = "cached";
    private static final Pattern VERSION = Pattern.compile("redis_version:(\\S+)");
    private static final String FILL = """
            for id = tonumber(ARGV[1]), tonumber(ARGV[2]) do
              local key = ARGV[3] .. string.format('%d', id) .. ARGV[4]
              redis.call('SET', key, ARGV[6])
              if ARGV[5] ~= '' then
                redis.call('SADD', (string.gsub(ARGV[5], '<id>', string.format('%d', id))), key)
              end
            end
            return 0""";

    private final StatefulRedisConnection<String, String> connection;
    private final RedisCommands<String, String> redis;
    private final KeyNames names;

    ItemKeys(StatefulRedisConnection<String, String> connection, KeyNames names) {
        this.connection = connection;
        this.redis = connection.sync();
        this.names = names;
    }

    public void set(long id) {
        if (names.lifetimeMillis() > 0) {
            long millis = ThreadLocalRandom.current().nextLong(names.lifetimeMillis()) + 1;
            redis.set(names.key(id), VALUE, SetArgs.Builder.px(millis));
        } else if (names.tag().isEmpty()) {
            redis.set(names.key(id), VALUE);
        } else {
            fill(id, id);
        }
    }

    /** Sets the keys of the rows 1 to {@code count}. */
    public void fill(long count) {
        fill(1, count);
    }

    /** Sets the keys of the rows {@code first} to {@code last}. */
    public void fill(long first, long last) {
        for (long from = first; from <= last; from += AT_ONCE) {
            redis.eval(
                    FILL,
                    ScriptOutputType.INTEGER,
                    new String[0],
                    Long.toString(from),
                    Long.toString(Math.min(last, from + AT_ONCE - 1)),
                    names.prefix(),
                    names.suffix(),
                    names.tag(),
                    VALUE);
        }
    }

    public boolean exists(long id) {
        return redis.exists(names.key(id)) > 0;
    }

    /** The number of all keys, those of others included. Cheap. */
    public long allKeys() {
        return redis.dbsize();
    }

    /** The number of keys of rows. Looks at every key. */
    public long left() {
        return scan(AT_ONCE, keys -> {});
    }

    /** Unlinks the keys of these rows, 500 a call, without waiting in between. Returns when all are answered. */
    public void unlink(List<Long> ids) {
        var answers = new ArrayList<RedisFuture<Long>>();
        for (int from = 0; from < ids.size(); from += UNLINKED_AT_ONCE) {
            List<Long> some = ids.subList(from, Math.min(ids.size(), from + UNLINKED_AT_ONCE));
            answers.add(connection.async().unlink(some.stream().map(names::key).toArray(String[]::new)));
        }
        answers.forEach(answer -> answer.toCompletableFuture().join());
    }

    /** Looks at every key, and deletes those of rows. */
    public void scanAndDelete() {
        scan(SCANNED_AT_ONCE, keys -> {
            if (!keys.isEmpty()) {
                redis.del(keys.toArray(String[]::new));
            }
        });
    }

    private long scan(int atOnce, Consumer<List<String>> found) {
        var wanted = ScanArgs.Builder.matches(names.prefix() + "*").limit(atOnce);
        var cursor = redis.scan(wanted);
        found.accept(cursor.getKeys());
        long count = cursor.getKeys().size();
        while (!cursor.isFinished()) {
            cursor = redis.scan(ScanCursor.of(cursor.getCursor()), wanted);
            found.accept(cursor.getKeys());
            count += cursor.getKeys().size();
        }
        return count;
    }

    /** Deletes everything. */
    public void clear() {
        redis.flushall();
    }

    String serverVersion() {
        var found = VERSION.matcher(redis.info("server"));
        return found.find() ? found.group(1) : "unknown";
    }
}
