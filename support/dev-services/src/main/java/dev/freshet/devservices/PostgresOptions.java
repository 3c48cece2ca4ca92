// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How to start a PostgreSQL server.
 *
 * @param preferredPort used if it is free, otherwise any free port; 0: any
 * @param settings settings of postgresql.conf, in addition to {@link #defaults()}
 * @param quickLogins whether logging in costs next to nothing, see {@link #withQuickLogins}
 */
public record PostgresOptions(int preferredPort, Map<String, String> settings, boolean quickLogins) {

    public PostgresOptions {
        settings = Map.copyOf(settings);
    }

    /**
     * Logical decoding with room for many slots. Commits are synchronous, because an asynchronous commit reaches the
     * change stream up to 200 ms late. Nothing is forced to disk (fsync is off), because the data is temporary.
     */
    public static PostgresOptions defaults() {
        return new PostgresOptions(0, Map.of(), false);
    }

    public PostgresOptions preferPort(int port) {
        return new PostgresOptions(port, settings, quickLogins);
    }

    public PostgresOptions set(String name, String value) {
        var more = new LinkedHashMap<>(settings);
        more.put(name, value);
        return new PostgresOptions(preferredPort, more, quickLogins);
    }

    /**
     * Clients send passwords as they are. They are checked as ever; but with SCRAM, which is the default, a client
     * computes 4096 hashes for each connection, which is most of its cost in a JVM that has just started. For tests
     * with many connections, of which none leaves this machine. In a container nothing changes.
     */
    public PostgresOptions withQuickLogins() {
        return new PostgresOptions(preferredPort, settings, true);
    }

    Map<String, String> effective() {
        var all = new LinkedHashMap<>(Map.of(
                "wal_level", "logical",
                "synchronous_commit", "on",
                "fsync", "off",
                "full_page_writes", "off",
                "max_replication_slots", "32",
                "max_wal_senders", "32",
                "max_connections", "200",
                "timezone", "UTC",
                "log_timezone", "UTC"));
        all.putAll(settings);
        return all;
    }
}
