// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.load;

import dev.freshet.cache.Loaded;

/** Where loads read. Thread-safe. */
@FunctionalInterface
public interface LoadSource {
    /** Loads are run as they are: nobody knows what they read, nor how far it has got. */
    LoadSource UNKNOWN = Work::run;

    /** Runs a load in a transaction of its own, and adds to what it answers where that was read. */
    Loaded<Object> read(Work<Loaded<Object>> load) throws Exception;
}
