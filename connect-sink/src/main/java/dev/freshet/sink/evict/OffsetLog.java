// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.evict;

import java.util.Collection;
import java.util.Map;

/**
 * Remembers how far each partition is evicted, beside what is evicted: if that is lost, so is this. Calls wait until it
 * answers.
 */
public interface OffsetLog {
    /** What was noted of these partitions; without those of which nothing was. */
    Map<String, String> read(Collection<String> partitions) throws InterruptedException;

    void write(Map<String, String> notes) throws InterruptedException;
}
