// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.admin;

/** Answers one path. Must be thread-safe. */
@FunctionalInterface
public interface Page {
    /** @throws IllegalArgumentException if a parameter is bad; the message is shown to the caller */
    Answer answer(Query query);

    /** Whether an answer may take a while. Few of those are made at a time, and never at the cost of other pages. */
    default boolean waits() {
        return false;
    }
}
