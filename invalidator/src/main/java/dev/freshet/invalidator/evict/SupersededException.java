// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.evict;

/** Another instance has published or withdrawn the position since this one began: nothing was done. */
public final class SupersededException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SupersededException(String key) {
        super("another instance has begun to publish at " + key + " since this one did");
    }
}
