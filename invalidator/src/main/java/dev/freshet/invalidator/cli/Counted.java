// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli;

/** Numbers of things, in words. */
public final class Counted {
    private Counted() {}

    /** Such as {@code 1 key} or {@code 2 keys}. */
    public static String of(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
