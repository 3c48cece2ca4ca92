// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.http;

import dev.freshet.writer.db.UserTransactions;
import io.javalin.config.RoutesConfig;

/** All routes of the writer. */
public final class WriterApi {
    private final ReadRoutes reads;
    private final WriteRoutes writes;

    public WriterApi(UserTransactions transactions, WriterMetrics metrics) {
        this.reads = new ReadRoutes(transactions);
        this.writes = new WriteRoutes(new Writes(transactions, metrics));
    }

    public void register(RoutesConfig routes) {
        reads.register(routes);
        writes.register(routes);
    }
}
