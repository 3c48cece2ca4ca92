// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices;

import java.time.Instant;
import java.util.Optional;

/** A process by its number and start, because numbers are used again. The start is exact to a few seconds only. */
record ProcessMark(long pid, long startSecond) {
    private static final long TOLERANCE_SECONDS = 5;
    private static final ProcessMark NOBODY = new ProcessMark(-1, 0);

    static ProcessMark of(ProcessHandle process) {
        return new ProcessMark(
                process.pid(),
                process.info().startInstant().orElse(Instant.EPOCH).getEpochSecond());
    }

    /** Reads what {@link #toString()} wrote; anything else is a process that does not run. */
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
