// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.cache;

import java.util.Objects;

/**
 * The right of an instance to publish and withdraw. An instance that finds a greater number than its own beside the
 * position knows that another instance has claimed the namespace since.
 *
 * @param number greater than the number of every earlier instance
 * @param mapping the canonical form of the meaning of its mapping, to be stored beside the position; empty to store
 *     none
 */
public record Claim(long number, String mapping) {
    public static final Claim NONE = new Claim(0, "");

    public Claim {
        Objects.requireNonNull(mapping, "mapping");
    }
}
