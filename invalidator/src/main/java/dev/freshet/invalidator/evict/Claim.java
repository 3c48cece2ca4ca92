// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.evict;

import java.util.Objects;

/**
 * By what right an instance publishes and withdraws. Who finds a greater number than its own beside the position knows that
 * another instance has begun to work in the namespace since.
 *
 * @param number greater than that of all instances before
 * @param mapping the canonical form of what its mapping means, to be kept beside the position; empty to keep none
 */
public record Claim(long number, String mapping) {
    static final Claim NONE = new Claim(0, "");

    public Claim {
        Objects.requireNonNull(mapping, "mapping");
    }
}
