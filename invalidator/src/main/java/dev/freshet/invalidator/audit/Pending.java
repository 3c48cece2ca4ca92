// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.audit;

import dev.freshet.protocol.Lsn;
import java.util.List;

/**
 * An entry that has to be looked at again.
 *
 * @param before WAL position from before the rows were looked up
 * @param upTo WAL position that must be published before
 * @param since when it was put here, nanoseconds of the monotonic clock
 */
record Pending(CachedEntry entry, List<Suspicion> suspicions, Lsn before, Lsn upTo, long since) {}
