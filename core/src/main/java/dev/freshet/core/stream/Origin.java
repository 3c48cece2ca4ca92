// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.stream;

import dev.freshet.protocol.Lsn;
import java.time.Instant;

/**
 * Where a change comes from.
 *
 * @param txId 32-bit transaction id as in the WAL
 * @param lsn WAL position of the change; null if not known, for example for events from a file
 * @param committedAt commit time by the database's clock
 */
public record Origin(long txId, Lsn lsn, Instant committedAt) {}
