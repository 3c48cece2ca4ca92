// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.capture;

import dev.freshet.protocol.Lsn;
import java.time.Instant;
import java.util.List;

/**
 * The end of a transaction.
 *
 * @param lsn WAL position behind the commit record: what can be acknowledged once everything up to here is done
 * @param at commit time by the database's clock, in microseconds
 * @param markers contents of Freshet's own messages that the transaction carried (prefix {@link Capture#MESSAGE_PREFIX})
 */
public record Commit(Lsn lsn, Instant at, List<String> markers) {}
