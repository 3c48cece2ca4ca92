// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.docs;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether processes that tests start receive SIGHUP. They inherit it if nohup made this one ignore the signal. */
public final class HangUps {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String IGNORED = "SigIgn:";

    private HangUps() {}

    /** Skips a test where the signal is ignored. Java leaves it so, on purpose. */
    public static void assumeReceived() throws IOException {
        assumeFalse(areIgnored(), "SIGHUP is ignored here: the tests were started by nohup");
    }

    private static boolean areIgnored() throws IOException {
        if (!Files.exists(STATUS)) {
            return false;
        }
        // A mask in hexadecimal; the lowest bit is signal 1, SIGHUP.
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith(IGNORED))
                .anyMatch(line ->
                        (Long.parseUnsignedLong(line.substring(IGNORED.length()).strip(), 16) & 1) == 1);
    }
}
