// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.admin;

/** Answers one path. Must be thread-safe. */
@FunctionalInterface
public interface Page {
    /** @throws IllegalArgumentException if a parameter is bad; the message is shown to the caller */
    Answer answer(Query query);
}
