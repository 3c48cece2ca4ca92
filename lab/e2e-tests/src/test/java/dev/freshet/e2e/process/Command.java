// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.process;

import static dev.freshet.devservices.junit.Patience.PATIENCE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A command that ends by itself. Immutable.
 *
 * @param words program and arguments
 * @param environment added to that of this JVM, from which Freshet's own settings are removed
 */
public record Command(List<String> words, Map<String, String> environment, Path folder) {

    public Command {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    /** The result of a command. */
    public record Result(String command, int exitCode, String output, String errors) {
        /** Returns this result. Fails if the exit code is different. */
        public Result expect(int expected) {
            if (exitCode != expected) {
                throw new AssertionError(command + " ended with " + exitCode + " instead of " + expected + "\n" + output
                        + "\n" + errors);
            }
            return this;
        }

        public List<String> lines() {
            return output.lines().toList();
        }
    }

    public static Command of(String... words) {
        return new Command(List.of(words), Map.of(), Path.of("."));
    }

    /** The launcher in the root of the repository, with the jars of this build. */
    public static Command freshet(String... arguments) {
        var words = new ArrayList<>(List.of(Repository.file("freshet").toString()));
        words.addAll(List.of(arguments));
        return new Command(
                words,
                Map.of("FRESHET_NO_BUILD", "yes", "FRESHET_JAVA_OPTS", "-Xmx128m -XX:TieredStopAtLevel=1"),
                Path.of("."));
    }

    public Command with(Map<String, String> more) {
        var all = new LinkedHashMap<>(environment);
        all.putAll(more);
        return new Command(words, all, folder);
    }

    public Command in(Path otherFolder) {
        return new Command(words, environment, otherFolder);
    }

    /** Runs the command until it ends. */
    public Result run() {
        var outputs = temporary("out");
        var errors = temporary("err");
        try {
            var process = builder()
                    .redirectOutput(outputs.toFile())
                    .redirectError(errors.toFile())
                    .start();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError(this + " did not end within " + PATIENCE.toSeconds() + " s\n"
                        + Files.readString(outputs) + "\n" + Files.readString(errors));
            }
            return new Result(toString(), process.exitValue(), Files.readString(outputs), Files.readString(errors));
        } catch (IOException e) {
            throw new UncheckedIOException(toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while running " + this, e);
        } finally {
            delete(outputs);
            delete(errors);
        }
    }

    private ProcessBuilder builder() {
        var builder = new ProcessBuilder(words).directory(folder.toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment()
                .keySet()
                .removeIf(Pattern.compile("^FRESHET_(?!DEV_SERVICES).*").asMatchPredicate());
        builder.environment().putAll(environment);
        return builder;
    }

    private static Path temporary(String suffix) {
        try {
            return Files.createTempFile("freshet-e2e-", "." + suffix);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return String.join(" ", words);
    }
}
