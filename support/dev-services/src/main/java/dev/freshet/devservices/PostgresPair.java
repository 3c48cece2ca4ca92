// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices;

import dev.freshet.devservices.postgres.LocalPostgres;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A primary and a hot standby that follows it, always as processes on this machine. Each of them can be stopped, killed
 * and resumed. Thread-safe.
 */
public record PostgresPair(PostgresServer primary, PostgresServer standby) implements AutoCloseable {

    /** Starts both. Returns when both accept connections. */
    public static PostgresPair start() {
        return start(Map.of());
    }

    /**
     * Starts both.
     *
     * @param ofStandby settings of postgresql.conf that the standby has besides
     */
    public static PostgresPair start(Map<String, String> ofStandby) {
        var settings = PostgresOptions.defaults().effective();
        var password = Secrets.random(16);
        var first = LocalPostgres.start(0, settings, password, false);
        try {
            // While the server is stopped, its data files can be copied.
            first.stop();
            var all = new LinkedHashMap<>(settings);
            all.putAll(ofStandby);
            var second = LocalPostgres.standby(all, first, password);
            return new PostgresPair(new PostgresServer(first, password), new PostgresServer(second, password));
        } catch (RuntimeException e) {
            first.close();
            throw e;
        }
    }

    /** Promotes the standby, whatever the state of the primary. Returns when it is a primary. */
    public void promote() {
        standby.execute(List.of("SELECT pg_promote()"));
    }

    @Override
    public void close() {
        standby.close();
        primary.close();
    }
}
