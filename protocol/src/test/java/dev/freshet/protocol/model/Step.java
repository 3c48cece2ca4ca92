// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol.model;

/**
 * Something that an actor can do next.
 *
 * @param saw what it learned by it; empty if nothing
 * @param violation of what is to hold always; null if it holds
 */
record Step<S>(String actor, String action, String saw, S next, String violation) {
    @Override
    public String toString() {
        return String.format("%-12s %s%s", actor, action, saw.isEmpty() ? "" : " -> " + saw)
                + (violation == null ? "" : "\n     VIOLATION: " + violation);
    }
}
