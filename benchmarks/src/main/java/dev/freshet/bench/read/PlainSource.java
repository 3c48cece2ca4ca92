// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.read;

import dev.freshet.bench.world.View;
import io.lettuce.core.RedisException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;

/** Reads through a conventional cache. Levels are ignored. */
final class PlainSource implements Source {
    /** The absence of a row is cached like a value. */
    private static final byte[] NOTHING = "null".getBytes(StandardCharsets.UTF_8);

    private final PlainCache cache;
    private final String prefix;
    private final Loads loads;
    private final Delays delays;

    /** @param prefix prefix of its keys */
    PlainSource(PlainCache cache, String prefix, Loads loads, Delays delays) {
        this.cache = cache;
        this.prefix = prefix;
        this.loads = loads;
        this.delays = delays;
    }

    @Override
    public Answer read(View view, Ask ask) throws ReadFailedException, InterruptedException {
        try {
            return read(view);
        } catch (SQLException e) {
            throw new ReadFailedException(e);
        }
    }

    private Answer read(View view) throws SQLException, InterruptedException {
        var key = prefix + view.key();
        PlainCache.Looked looked;
        try {
            looked = cache.get(key);
        } catch (RedisException e) {
            return new Answer(loads.load(view).json(), "bypass", 0);
        }
        if (looked.value() != null) {
            return new Answer(Arrays.equals(looked.value(), NOTHING) ? null : looked.value(), "hit", 0);
        }
        var json = loads.load(view).json();
        delays.dawdle();
        try {
            boolean stored = cache.set(key, json == null ? NOTHING : json, looked.lease());
            return new Answer(json, stored ? "miss" : "refused", 0);
        } catch (RedisException e) {
            return new Answer(json, "bypass", 0);
        }
    }

    @Override
    public void close() {
        loads.close();
    }
}
