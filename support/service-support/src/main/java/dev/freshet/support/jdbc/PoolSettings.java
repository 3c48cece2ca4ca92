// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.jdbc;

import java.time.Duration;

/**
 * The settings that differ between pools.
 *
 * @param process the process that owns the pool, such as {@code reader}
 * @param connections the maximum number of connections
 * @param patience how long a thread waits for a connection, and a new connection for the server
 * @param answer how long a statement may take, including the network; longer than the server's own limit
 * @param serverOptions session settings, such as {@code -c statement_timeout=5s}
 * @param readOnly whether transactions are read-only and each of them reads from one snapshot
 */
public record PoolSettings(
        String process, int connections, Duration patience, Duration answer, String serverOptions, boolean readOnly) {}
