// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.jdbc;

import java.time.Duration;

/**
 * What differs from pool to pool.
 *
 * @param process whose pool it is, such as {@code reader}
 * @param connections how many at most
 * @param patience how long a thread waits for one, and a new one for the server
 * @param answer how long a statement may take, its way over the network included; longer than the server lets it run
 * @param serverOptions settings of each session, such as {@code -c statement_timeout=5s}
 * @param readOnly whether its transactions may only read, each from one snapshot
 */
public record PoolSettings(
        String process, int connections, Duration patience, Duration answer, String serverOptions, boolean readOnly) {}
