// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.process;

import java.time.Instant;
import java.util.Optional;

/**
 * Identifies a process by its id and start time, because ids are reused. The start time is accurate only to a few
 * seconds.
 */
record ProcessMark(long pid, long startSecond) {
    private static final long TOLERANCE_SECONDS = 5;
    private static final ProcessMark NOBODY = new ProcessMark(-1, 0);

    static ProcessMark of(ProcessHandle process) {
        return new ProcessMark(
                process.pid(),
                process.info().startInstant().orElse(Instant.EPOCH).getEpochSecond());
    }

    /** Parses the output of {@link #toString()}. Anything else yields a process that does not run. */
    static ProcessMark parse(String text) {
        return text.matches("\\d{1,10} \\d{1,12}")
                ? new ProcessMark(
                        Long.parseLong(text.substring(0, text.indexOf(' '))),
                        Long.parseLong(text.substring(text.indexOf(' ') + 1)))
                : NOBODY;
    }

    Optional<ProcessHandle> running() {
        return pid < 0
                ? Optional.empty()
                : ProcessHandle.of(pid)
                        .filter(ProcessHandle::isAlive)
                        .filter(process -> Math.abs(of(process).startSecond - startSecond) <= TOLERANCE_SECONDS);
    }

    @Override
    public String toString() {
        return pid + " " + startSecond;
    }
}
