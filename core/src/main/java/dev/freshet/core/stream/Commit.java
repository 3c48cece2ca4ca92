// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.stream;

import dev.freshet.protocol.Lsn;
import java.time.Instant;
import java.util.List;

/**
 * The end of a transaction.
 *
 * @param lsn WAL position after the commit record; it can be acknowledged once everything up to here is done
 * @param at commit time by the database's clock, in microseconds
 * @param markers contents of Freshet's own messages that the transaction carried
 */
public record Commit(Lsn lsn, Instant at, List<String> markers) {}
