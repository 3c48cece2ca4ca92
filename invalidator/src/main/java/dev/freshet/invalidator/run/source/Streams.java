// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.source;

/** Opens what a stream needs. One thread. */
public interface Streams {
    /** Loads and connects what a stream needs, so that a later one opens faster. */
    void rehearse() throws InterruptedException;

    /**
     * Opens the connections that are used while the stream runs.
     *
     * @param publication the {@link Preparations#publication} that must not change
     */
    Readers openReaders(String publication);

    /** Opens the stream at the acknowledged position of the slot. */
    ChangeFeed openFeed();
}
