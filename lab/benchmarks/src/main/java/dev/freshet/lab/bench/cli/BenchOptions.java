// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options of every benchmark. */
final class BenchOptions {
    private static final int USUAL_ROUNDS = 3;

    @Option(
            names = "--quick",
            description = "Less of everything: enough to see whether something changed a lot, not by how much.")
    private boolean quick;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "How often everything is measured; the subjects take turns. Default: 3, with --quick 1.")
    private Integer rounds;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the result to this file, as JSON.")
    private Path out;

    boolean isQuick() {
        return quick;
    }

    int rounds() {
        if (rounds != null) {
            return rounds;
        }
        return quick ? 1 : USUAL_ROUNDS;
    }

    /** @throws IllegalArgumentException if it is less than 1 */
    int requireRounds() {
        if (rounds() < 1) {
            throw new IllegalArgumentException("--rounds is " + rounds + ", expected 1 or more");
        }
        return rounds();
    }

    /** Null: no file. */
    Path out() {
        return out;
    }
}
