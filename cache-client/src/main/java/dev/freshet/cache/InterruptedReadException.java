// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

/**
 * The thread was interrupted before a read, or while it waited for Redis or for another caller's load. It stays
 * interrupted. Nothing was read. A thread that was asked to stop should stop.
 */
public final class InterruptedReadException extends RuntimeException {
    private static final long serialVersionUID = 1;

    InterruptedReadException(InterruptedException cause) {
        super("the thread was interrupted while it read from the cache", cause);
    }
}
