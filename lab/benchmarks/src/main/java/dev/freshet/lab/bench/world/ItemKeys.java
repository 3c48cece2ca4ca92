// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.world;

import dev.freshet.lab.bench.subject.ItemKey;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.regex.Pattern;

/** The cached values {@code item:1}, {@code item:2} and so on, as an application would have stored them. Thread-safe. */
public final class ItemKeys {
    private static final int AT_ONCE = 10_000;
    private static final Pattern VERSION = Pattern.compile("redis_version:(\\S+)");
    private static final String FILL = "for id = tonumber(ARGV[1]), tonumber(ARGV[2]) do redis.call('SET', '"
            + ItemKey.PREFIX + "' .. id, 'cached') end return 0";

    private final RedisCommands<String, String> redis;

    ItemKeys(RedisCommands<String, String> redis) {
        this.redis = redis;
    }

    public void set(long id) {
        redis.set(ItemKey.of(id), "cached");
    }

    /** Sets the keys of the rows 1 to {@code count}. */
    public void fill(long count) {
        for (long first = 1; first <= count; first += AT_ONCE) {
            redis.eval(
                    FILL,
                    ScriptOutputType.INTEGER,
                    new String[0],
                    Long.toString(first),
                    Long.toString(Math.min(count, first + AT_ONCE - 1)));
        }
    }

    public boolean exists(long id) {
        return redis.exists(ItemKey.of(id)) > 0;
    }

    /** The number of all keys, those of others included. Cheap. */
    public long allKeys() {
        return redis.dbsize();
    }

    /** The number of keys of rows. Looks at every key. */
    public long left() {
        var wanted = ScanArgs.Builder.matches(ItemKey.PREFIX + "*").limit(AT_ONCE);
        var cursor = redis.scan(wanted);
        long found = cursor.getKeys().size();
        while (!cursor.isFinished()) {
            cursor = redis.scan(ScanCursor.of(cursor.getCursor()), wanted);
            found += cursor.getKeys().size();
        }
        return found;
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
