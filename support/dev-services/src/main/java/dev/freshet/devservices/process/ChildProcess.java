// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.process;

import dev.freshet.devservices.backend.DevServicesException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A process that ends when this JVM ends, however the JVM ends. It runs in its own session, so that Ctrl-C at the
 * terminal does not reach it, and writes both outputs to one log file, unless it is {@link #startPiped piped}. Thread-safe.
 */
public final class ChildProcess implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final String name;
    private final Process process;
    private final Path log;

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * What to run. The environment variables are added to those of this JVM; a variable with a null value is removed.
     */
    public record Spec(
            String name, List<String> command, Map<String, String> environment, Path log, String killSignal) {
        public Spec {
            command = List.copyOf(command);
            // Not Map.copyOf, which rejects null values.
            environment = new LinkedHashMap<>(environment);
        }

        public Spec(String name, List<String> command, Map<String, String> environment, Path log) {
            this(name, command, environment, log, "KILL");
        }
    }

    /**
     * Starts the process; its output is appended to the log. Throws {@link DevServicesException} if it cannot be
     * started.
     */
    public static ChildProcess start(Spec spec) {
        return remembered(launch(spec));
    }

    /**
     * Like {@link #start}, but standard input and output are pipes, for {@link #requests} and {@link #replies}: only what
     * it prints as errors gets into the log.
     */
    public static ChildProcess startPiped(Spec spec) {
        return remembered(launch(
                spec,
                builder -> builder.redirectError(Redirect.appendTo(spec.log().toFile()))));
    }

    private static ChildProcess remembered(ChildProcess child) {
        Teardown.remember(child);
        child.process.onExit().thenRun(() -> Teardown.forget(child));
        return child;
    }

    /** Like {@link #start}, but the caller ends the process when the JVM ends. */
    static ChildProcess launch(Spec spec) {
        return launch(
                spec,
                builder -> builder.redirectInput(SystemCommands.NOWHERE)
                        .redirectErrorStream(true)
                        .redirectOutput(Redirect.appendTo(spec.log().toFile())));
    }

    private static ChildProcess launch(Spec spec, Consumer<ProcessBuilder> streams) {
        List<String> command = new ArrayList<>(SystemCommands.ownSession());
        command.addAll(spec.command());
        var builder = new ProcessBuilder(command);
        streams.accept(builder);
        spec.environment().forEach((variable, value) -> {
            if (value == null) {
                builder.environment().remove(variable);
            } else {
                builder.environment().put(variable, value);
            }
        });
        try {
            var process = builder.start();
            Guardian.watch(process.pid(), spec.killSignal());
            process.onExit().thenRun(() -> Guardian.unwatch(process.pid()));
            return new ChildProcess(spec.name(), process, spec.log());
        } catch (IOException e) {
            throw new DevServicesException(
                    "cannot start " + spec.name() + " (" + spec.command().get(0) + ")", e);
        }
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Completes with the exit code when the process has ended (128 + signal if a signal ended it). */
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    public Path log() {
        return log;
    }

    /** Its standard input; only of a process with {@link #startPiped pipes}. */
    public OutputStream requests() {
        return process.getOutputStream();
    }

    /** Its standard output; only of a process with {@link #startPiped pipes}. Ends when the process has ended. */
    public InputStream replies() {
        return process.getInputStream();
    }

    /** The last lines of the log; empty if there is no log yet. */
    public String logTail(int lines) {
        return tail(log, lines);
    }

    /** Sends SIGTERM, and SIGKILL if the process still runs after ten seconds. Returns when the process has ended. */
    public void stop() {
        process.destroy();
        awaitExit(GRACE);
    }

    /** Sends SIGKILL to the process and to all processes that it started. Returns when the process has ended. */
    public void kill() {
        var descendants = process.descendants().toList();
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
        awaitExit(GRACE);
        descendants.forEach(descendant ->
                descendant.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    }

    /** Sends any other signal, e.g. {@code STOP}, {@code CONT} or {@code INT}. */
    public void signal(String signal) {
        if (!SystemCommands.signal(pid(), signal)) {
            throw new DevServicesException("cannot send " + signal + " to " + name + " (process " + pid() + ")");
        }
    }

    /** Waits for the process to end, and kills it after this time. */
    void awaitExit(Duration grace) {
        try {
            if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor(grace.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
    }

    @Override
    public String toString() {
        return name + " (process " + pid() + ")";
    }

    static String tail(Path log, int lines) {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            var length = (int) Math.min(file.length(), 64 * 1024);
            var bytes = new byte[length];
            file.seek(file.length() - length);
            file.readFully(bytes);
            var all = new String(bytes, StandardCharsets.UTF_8).strip().split("\n");
            var last = List.of(all).subList(Math.max(0, all.length - lines), all.length);
            return String.join("\n", last);
        } catch (java.io.FileNotFoundException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
