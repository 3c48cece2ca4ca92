// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.scale;

import java.sql.SQLException;

/** A way to read a row's version through a cache. Thread-safe. */
interface ReadPath extends AutoCloseable {
    /** What the cache asks if it does not have the value. */
    @FunctionalInterface
    interface Origin {
        long version() throws SQLException;
    }

    long read(long id, Origin origin) throws SQLException;

    @Override
    void close();
}
