// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.contexts;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.lab.bench.world.BenchServers;
import java.nio.file.Path;

/**
 * A database with the reference application's schema and rows, of which each measurement gets a copy. Closing drops it.
 * Not thread-safe.
 */
public final class ContextWorld implements AutoCloseable {
    private final TestDatabase template;
    private final ContextRows rows;
    private final ContextProcesses processes;

    /** @param folder for the processes' logs */
    public ContextWorld(BenchServers servers, Path folder, ContextRows rows) {
        this.rows = rows;
        template = servers.createDatabase();
        processes = new ContextProcesses(servers.redisUri(), folder);
        processes.migrate(template);
        template.execute(rows.inserts().toArray(String[]::new));
        template.execute("VACUUM ANALYZE", "CHECKPOINT");
    }

    public ContextRows rows() {
        return rows;
    }

    public ContextProcesses processes() {
        return processes;
    }

    /** A copy, to be closed by the caller. */
    public TestDatabase copy() {
        return template.server().createDatabase("bench", template.name());
    }

    @Override
    public void close() {
        template.close();
    }
}
