// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.invalidator.evict.Masters;
import dev.freshet.invalidator.evict.Position;
import dev.freshet.protocol.Lsn;

/**
 * What a session begins with, once no gap is left.
 *
 * @param confirmed position of the slot: everything after it will come
 * @param origin what positions are of
 * @param masters on which all evictions up to the published position are known to be
 * @param published the position that they show
 */
record StartPoint(Lsn confirmed, Position.Origin origin, Masters masters, Lsn published) {}
