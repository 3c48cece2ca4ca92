// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.evict;

import dev.freshet.protocol.Contract;
import java.util.Objects;

/**
 * Whose a position is, and what its readers are promised. Stays in Redis when the position is withdrawn.
 *
 * @param origin database, slot and what else positions are compared by
 */
public record Holder(Position.Origin origin, Contract contract) {
    public Holder {
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(contract, "contract");
    }
}
