// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.cache;

import dev.freshet.protocol.Contract;
import java.util.Objects;

/**
 * Which database and slot a position belongs to, and what it promises readers. It stays in Redis when the position is
 * withdrawn.
 *
 * @param origin database, slot and the rest of what makes positions comparable
 */
public record Holder(Position.Origin origin, Contract contract) {
    public Holder {
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(contract, "contract");
    }
}
