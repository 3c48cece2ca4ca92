// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol.model;

/** Packs a state into a short text, which is smaller and hashes better than nested records. */
final class Key {
    private final StringBuilder packed = new StringBuilder(80);

    /** A number from -1 to 254. */
    Key add(int number) {
        if (number < -1 || number > 254) {
            throw new IllegalArgumentException("a state holds " + number + ", which is not between -1 and 254");
        }
        packed.append((char) (number + 1));
        return this;
    }

    Key add(boolean flag) {
        return add(flag ? 1 : 0);
    }

    @Override
    public String toString() {
        return packed.toString();
    }
}
