// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.result;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How results came about.
 *
 * @param command as typed
 * @param servers their versions
 * @param javaFlags of each subject's JVM
 * @param isComplete false if the benchmark ended before everything was measured
 */
public record RunFacts(
        String command, Instant startedAt, Map<String, String> servers, List<String> javaFlags, boolean isComplete) {
    public RunFacts(String command, Instant startedAt, Map<String, String> servers, List<String> javaFlags) {
        this(command, startedAt, servers, javaFlags, true);
    }

    /** The same, ended early or not. */
    public RunFacts complete(boolean complete) {
        return new RunFacts(command, startedAt, servers, javaFlags, complete);
    }
}
