// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.plan;

import dev.freshet.protocol.Lsn;
import java.time.Instant;

/**
 * Where a change comes from.
 *
 * @param txId 32-bit transaction id as it stands in the WAL
 * @param lsn WAL position of the change; null where it is not known, as of events in a file
 * @param committedAt commit time by the database's clock
 */
public record Origin(long txId, Lsn lsn, Instant committedAt) {}
