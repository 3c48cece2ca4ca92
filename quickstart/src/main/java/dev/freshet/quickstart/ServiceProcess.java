// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart;

import dev.freshet.devservices.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/** One of Freshet's processes: a runnable jar in a JVM of its own, its output in a log file. */
final class ServiceProcess {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int TAIL = 20;
    private static final Pattern LISTENING =
            Pattern.compile("^freshet \\S+ listening on (http://\\S+)", Pattern.MULTILINE);

    private final ChildProcess process;
    private URI address;

    private ServiceProcess(ChildProcess process) {
        this.process = process;
    }

    static ServiceProcess start(
            String name, Path jar, List<String> arguments, Map<String, String> environment, Path logs) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-XX:+ExitOnOutOfMemoryError",
                "-jar",
                jar.toString()));
        command.addAll(arguments);
        return new ServiceProcess(
                ChildProcess.start(new ChildProcess.Spec(name, command, environment, logs.resolve(name + ".log"))));
    }

    String name() {
        return process.name();
    }

    URI address() {
        return address;
    }

    CompletableFuture<Integer> onExit() {
        return process.onExit();
    }

    /** For a process that does one thing and ends. */
    void awaitSuccess() {
        var exit = process.onExit()
                .orTimeout(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)
                .join();
        if (exit != 0) {
            throw died(exit);
        }
    }

    /** Returns when it has said where it listens and {@code /readyz} says 200. */
    void awaitReady(HttpClient http) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            if (!process.isAlive()) {
                throw died(process.onExit().join());
            }
            if (address == null) {
                address = announced();
            }
            if (address != null && isReady(http)) {
                return;
            }
            Pause.millis(20);
        }
        throw new QuickstartException(name() + " was not ready within " + PATIENCE.toSeconds() + " s. " + logEnd());
    }

    private URI announced() {
        try {
            var matcher = LISTENING.matcher(Files.readString(process.log()));
            return matcher.find() ? URI.create(matcher.group(1)) : null;
        } catch (IOException notYet) {
            return null;
        }
    }

    private boolean isReady(HttpClient http) {
        var request = HttpRequest.newBuilder(address.resolve("/readyz"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QuickstartException("interrupted while " + name() + " was starting", e);
        }
    }

    QuickstartException died(int exitCode) {
        return new QuickstartException(name() + " ended with exit code " + exitCode + ". " + logEnd());
    }

    private String logEnd() {
        var tail = process.logTail(TAIL);
        return tail.isEmpty()
                ? "Its log, " + process.log() + ", is empty."
                : "Its log, " + process.log() + ", ends with:\n"
                        + tail.indent(2).stripTrailing();
    }

    void stop() {
        process.stop();
    }
}
