// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.near;

import dev.freshet.protocol.Lsn;

/**
 * A value of the cache, as Redis returned it.
 *
 * @param json null if what was asked for does not exist
 * @param lsn no commit that it shows lies after this position; null if unknown
 * @param system the system identifier of the position's cluster; null if unknown
 */
public record NearValue(byte[] json, Lsn lsn, String system) {}
