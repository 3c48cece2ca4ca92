// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.baseline;

import dev.freshet.lab.race.source.Answer;
import dev.freshet.lab.race.source.FillDelays;
import dev.freshet.lab.race.source.ReadFailedException;
import dev.freshet.lab.race.source.RequestedConsistency;
import dev.freshet.lab.race.source.ViewLoader;
import dev.freshet.lab.race.source.ViewSource;
import dev.freshet.lab.race.world.View;
import io.lettuce.core.RedisException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;

/** Reads through a conventional cache. Levels are ignored. */
public final class BaselineSource implements ViewSource {
    /** The absence of a row is cached like a value. */
    private static final byte[] NOTHING = "null".getBytes(StandardCharsets.UTF_8);

    private final PlainCache cache;
    private final String prefix;
    private final ViewLoader loader;
    private final FillDelays delays;

    /** @param prefix prefix of its keys */
    public BaselineSource(PlainCache cache, String prefix, ViewLoader loader, FillDelays delays) {
        this.cache = cache;
        this.prefix = prefix;
        this.loader = loader;
        this.delays = delays;
    }

    @Override
    public Answer read(View view, RequestedConsistency requested) throws ReadFailedException, InterruptedException {
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
            return new Answer(loader.load(view).json(), "bypass", 0);
        }
        if (looked.value() != null) {
            return new Answer(Arrays.equals(looked.value(), NOTHING) ? null : looked.value(), "hit", 0);
        }
        var json = loader.load(view).json();
        delays.pause();
        try {
            boolean stored = cache.set(key, json == null ? NOTHING : json, looked.lease());
            return new Answer(json, stored ? "miss" : "refused", 0);
        } catch (RedisException e) {
            return new Answer(json, "bypass", 0);
        }
    }

    @Override
    public void close() {
        loader.close();
    }
}
