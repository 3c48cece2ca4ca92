// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.read;

import dev.freshet.bench.world.View;
import dev.freshet.bench.write.Lsn;
import dev.freshet.cache.CacheResult;
import dev.freshet.cache.Consistency;
import dev.freshet.cache.EntryKey;
import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.Loaded;
import dev.freshet.cache.WalPosition;
import dev.freshet.model.key.Isolate;
import java.sql.SQLException;
import java.util.Locale;

/** Reads through cache-client, in this process. */
final class FreshetSource implements Source {
    private final FreshetCache cache;
    private final Loads loads;
    private final Delays delays;

    FreshetSource(FreshetCache cache, Loads loads, Delays delays) {
        this.cache = cache;
        this.loads = loads;
        this.delays = delays;
    }

    @Override
    public Answer read(View view, Ask ask) throws ReadFailedException, InterruptedException {
        try {
            var result = cache.<SQLException>get(key(view), consistency(ask), () -> load(view));
            return answer(result);
        } catch (SQLException e) {
            throw new ReadFailedException(e);
        }
    }

    /** The key that the reader-service uses for it. */
    static EntryKey key(View view) {
        var row = view.row();
        return EntryKey.of(Isolate.of(row.user()), row.level().label(), row.id(), view.name());
    }

    private Loaded load(View view) throws SQLException {
        var found = loads.load(view);
        try {
            delays.dawdle();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return loaded(found);
    }

    static Loaded loaded(Found found) {
        var loaded = found.json() == null ? Loaded.absent(found.tags()) : Loaded.of(found.json(), found.tags());
        return loaded.at(found.position(), found.snapshot());
    }

    private static Answer answer(CacheResult result) {
        return new Answer(
                result.bytes().orElse(null),
                result.status().name().toLowerCase(Locale.ROOT),
                result.position()
                        .map(position -> Lsn.parse(position.toString()))
                        .orElse(0L));
    }

    private static Consistency consistency(Ask ask) {
        return switch (ask.level()) {
            case EVENTUAL -> Consistency.eventual();
            case BOUNDED -> Consistency.bounded(ask.maxAge());
            case SESSION -> Consistency.session(WalPosition.of(Lsn.format(ask.position())));
            case STRONG -> Consistency.strong();
        };
    }

    @Override
    public void close() {
        loads.close();
    }
}
