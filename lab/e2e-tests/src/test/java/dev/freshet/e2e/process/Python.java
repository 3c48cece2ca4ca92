// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.process;

import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.stream.Stream;

/** The Pythons of this machine. */
public final class Python {
    private Python() {}

    /** One that has what the readers of the examples import: psycopg2 and redis. */
    public static Optional<String> withClients() {
        return Stream.of("python3", "/usr/bin/python3")
                .filter(Python::hasClients)
                .findFirst();
    }

    private static boolean hasClients(String program) {
        try {
            return Command.of(program, "-c", "import psycopg2, redis").run().exitCode() == 0;
        } catch (UncheckedIOException e) {
            return false; // There is no such program.
        }
    }
}
