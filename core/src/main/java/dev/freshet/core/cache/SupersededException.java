// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.cache;

/** Another instance has claimed the namespace since this one did; nothing was published or withdrawn. */
public final class SupersededException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SupersededException(String key) {
        super("another instance has started to publish at " + key + " after this one");
    }
}
