// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.source;

/** The source database. Thread-safe. */
@FunctionalInterface
public interface Source {
    /**
     * Connects to the primary.
     *
     * @throws dev.freshet.core.source.SourceException if that fails
     */
    SourceSession connect();
}
