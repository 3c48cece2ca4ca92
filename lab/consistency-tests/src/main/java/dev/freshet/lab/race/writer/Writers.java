// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.writer;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.lab.race.transaction.ApiExecutor;
import dev.freshet.lab.race.transaction.OutcomeQuery;
import dev.freshet.lab.race.transaction.SqlExecutor;
import dev.freshet.lab.race.world.World;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** Creates the writers of a run. */
public final class Writers {
    private static final int PAUSE_MILLIS = 40;
    private static final int TRUNCATE_ONCE_IN = 1_000;

    private final World world;
    private final TestDatabase application;
    private final HttpClient http;
    private final Supplier<URI> writer;
    private final Function<String, String> tokens;
    private final WriteCounters counters = new WriteCounters();

    /**
     * Creates a factory for writers.
     *
     * @param application the database, for programs that do not know the cache
     * @param writer the address of the writer-service
     * @param tokens the bearer token of each user
     */
    public Writers(
            World world,
            TestDatabase application,
            HttpClient http,
            Supplier<URI> writer,
            Function<String, String> tokens) {
        this.world = world;
        this.application = application;
        this.http = http;
        this.writer = writer;
        this.tokens = tokens;
    }

    /** The counters of all writers. */
    public WriteCounters counters() {
        return counters;
    }

    /**
     * A writer that continues as long as {@code goOn} returns true.
     *
     * @param announce whether plain SQL also writes its version into the WAL as a message
     */
    public Writer one(long seed, List<WriteListener> listeners, boolean announce, BooleanSupplier goOn) {
        var random = new Random(seed);
        var sql = new SqlExecutor(application, random, announce);
        var api = new ApiExecutor(http, writer, tokens);
        var context =
                new WriterContext(new OutcomeQuery(application), listeners, counters, PAUSE_MILLIS, TRUNCATE_ONCE_IN);
        return new Writer(world, List.of(sql, api), context, random, goOn);
    }
}
