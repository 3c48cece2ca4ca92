// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A benchmark as a command. */
abstract class BenchCommand implements Callable<Integer> {
    @Mixin
    private BenchOptions options;

    @Spec
    private CommandSpec spec;

    /**
     * What its options ask for.
     *
     * @throws IllegalArgumentException if an option is wrong, in words for who typed it
     */
    abstract BenchRun.Bench bench(BenchOptions options);

    @Override
    public final Integer call() throws Exception {
        BenchRun.Bench bench;
        try {
            bench = bench(options);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
        return new BenchRun(options, spec).run(bench);
    }
}
