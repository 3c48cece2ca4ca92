// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.result;

/** Is told how far a benchmark is. */
@FunctionalInterface
public interface Progress {
    /** What is going on, in one line that the next one replaces. */
    void tell(String line);

    /** All that was measured so far: what is reported if the benchmark ends early. */
    default void measured(Results soFar) {}
}
