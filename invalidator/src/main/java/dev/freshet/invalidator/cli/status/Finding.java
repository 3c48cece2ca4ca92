// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.status;

/** Something that is not as it should be. */
record Finding(Level level, String text) {
    @Override
    public String toString() {
        return level + ": " + text;
    }
}
