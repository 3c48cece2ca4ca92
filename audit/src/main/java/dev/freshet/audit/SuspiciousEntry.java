// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit;

import dev.freshet.audit.entry.CachedEntry;
import dev.freshet.audit.verdict.Suspicion;
import dev.freshet.protocol.Lsn;
import java.util.List;

/**
 * An entry that must be checked a second time.
 *
 * @param before WAL position taken before the rows were looked up
 * @param upTo WAL position that must be published before the second check
 * @param since when it was set aside, in nanoseconds of the monotonic clock
 */
record SuspiciousEntry(CachedEntry entry, List<Suspicion> suspicions, Lsn before, Lsn upTo, long since) {}
