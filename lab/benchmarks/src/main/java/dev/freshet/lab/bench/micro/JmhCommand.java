// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.micro;

import dev.freshet.support.config.OutputFile;
import dev.freshet.support.config.cli.FreshetVersion;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code freshet bench jmh}. */
@Command(
        name = "jmh",
        mixinStandardHelpOptions = true,
        versionProvider = FreshetVersion.class,
        sortOptions = false,
        description = {
            "Measures the inner loops alone, with JMH.",
            "Planning of a row, rendering of keys, decoding of messages and of entries, hits in memory and in a Redis of its own,",
            "beside a plain GET: nanoseconds each."
        })
public final class JmhCommand implements Callable<Integer> {
    private static final String PACKAGE = JmhCommand.class.getPackageName().replace(".", "\\.");

    @Parameters(
            arity = "0..1",
            defaultValue = ".*",
            paramLabel = "PATTERN",
            description = "Only the benchmarks whose names match, such as Planning. Default: all.")
    private String pattern;

    @Option(names = "--quick", description = "Fewer and shorter iterations, in one JVM instead of three.")
    private boolean quick;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the result to this file, as JMH's JSON.")
    private Path out;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (out != null) {
            OutputFile.require("--out", out);
        }
        try {
            Pattern.compile(pattern);
            new Runner(options().build()).run();
            return 0;
        } catch (PatternSyntaxException | NoBenchmarksException e) {
            throw new ParameterException(
                    spec.commandLine(), "no benchmark matches '" + pattern + "', expected a part of a name", e);
        }
    }

    private ChainedOptionsBuilder options() {
        var options = new OptionsBuilder()
                .include(PACKAGE + "\\..*" + pattern)
                .forks(quick ? 1 : 3)
                .warmupIterations(quick ? 2 : 5)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(quick ? 2 : 5)
                .measurementTime(TimeValue.seconds(1))
                .jvmArgsAppend("-XX:+UseSerialGC", "-Xmx256m")
                .shouldFailOnError(true);
        return out == null
                ? options
                : options.resultFormat(ResultFormatType.JSON).result(out.toString());
    }
}
