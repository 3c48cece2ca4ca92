// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.pipeline;

import dev.freshet.core.cache.Masters;
import dev.freshet.core.cache.Position;
import dev.freshet.protocol.Lsn;

/**
 * The start of a session, once no gap is left.
 *
 * @param confirmed confirmed position of the slot: everything after it will be streamed
 * @param origin the origin of the positions
 * @param masters the masters that are known to have all evictions up to the published position
 * @param published the position that the masters show
 */
public record StartPoint(Lsn confirmed, Position.Origin origin, Masters masters, Lsn published) {}
