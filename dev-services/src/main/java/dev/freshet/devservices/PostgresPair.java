// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices;

import java.util.List;

/**
 * A primary and a hot standby that follows it, always as processes of this machine. Either can be stopped, killed and resumed.
 * Safe for many threads.
 */
public record PostgresPair(PostgresServer primary, PostgresServer standby) implements AutoCloseable {

    /** Returns when both take connections. */
    public static PostgresPair start() {
        var options = PostgresOptions.defaults();
        var password = Secrets.random(16);
        var first = LocalPostgres.start(options, password);
        try {
            // At rest its data can be copied as they are.
            first.stop();
            var second = LocalPostgres.standby(options, first, password);
            return new PostgresPair(new PostgresServer(first, password), new PostgresServer(second, password));
        } catch (RuntimeException e) {
            first.close();
            throw e;
        }
    }

    /** Makes the standby a primary, whatever has become of the other one; returns when it is. */
    public void promote() {
        standby.execute(List.of("SELECT pg_promote()"));
    }

    @Override
    public void close() {
        standby.close();
        primary.close();
    }
}
