// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.read;

import dev.freshet.protocol.Lsn;
import java.time.Duration;

/**
 * The answer to a read.
 *
 * @param json null if what was asked for does not exist; shared by all who get the value of one load
 * @param lsn no commit that the value shows lies after this position; null if unknown
 * @param system the system identifier of the position's cluster; null if unknown
 * @param age how long ago it was right for certain, if it is {@link ReadStatus#STALE}; else null
 */
public record Answer(byte[] json, ReadStatus status, Lsn lsn, String system, Duration age) {}
