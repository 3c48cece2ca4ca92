// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.stack;

import dev.freshet.devservices.process.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/**
 * One of Freshet's processes: a runnable jar in its own JVM, with its output in a log file. It can be killed and
 * started again, with the same settings and at the same address. Not thread-safe.
 */
public final class ServiceProcess {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int TAIL = 20;
    private static final Pattern LISTENING =
            Pattern.compile("^freshet \\S+ listening on (http://\\S+)", Pattern.MULTILINE);

    private final ChildProcess.Spec spec;
    private final HttpClient http;
    private ChildProcess process;
    private URI address;
    private boolean expectedToEnd;

    private ServiceProcess(ChildProcess.Spec spec, HttpClient http) {
        this.spec = spec;
        this.http = http;
        this.process = ChildProcess.start(spec);
    }

    /** Starts a process without waiting until it is ready. */
    public static ServiceProcess start(ChildProcess.Spec spec, HttpClient http) {
        return new ServiceProcess(spec, http);
    }

    public String name() {
        return process.name();
    }

    /** Of the process that was started last. */
    public long pid() {
        return process.pid();
    }

    /** The address that it listens on; null before it is ready. */
    public URI address() {
        return address;
    }

    CompletableFuture<Integer> onExit() {
        return process.onExit();
    }

    /** Whether we ended the process ourselves. */
    boolean isExpectedToEnd() {
        return expectedToEnd;
    }

    /** Sends SIGKILL. Returns when the process has ended. */
    public void kill() {
        expectedToEnd = true;
        process.kill();
    }

    /** Sends a signal such as {@code STOP} or {@code CONT}. */
    public void signal(String signal) {
        process.signal(signal);
    }

    /** Starts the process again after {@link #kill}. Returns when it is ready. */
    public void startAgain() {
        process = ChildProcess.start(spec);
        awaitReady();
    }

    /** The last lines of its output. */
    public String logTail(int lines) {
        return process.logTail(lines);
    }

    /** Waits for a process that does one thing and ends; it must succeed. */
    public void awaitSuccess() {
        var exit = process.onExit()
                .orTimeout(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)
                .join();
        if (exit != 0) {
            throw died(exit);
        }
    }

    /** Returns when the process has printed its address and {@code /readyz} returns 200. */
    public void awaitReady() {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            if (!process.isAlive()) {
                throw died(process.onExit().join());
            }
            if (address == null) {
                address = announced();
            }
            if (address != null && isReady()) {
                return;
            }
            pause();
        }
        throw new StackException(name() + " was not ready within " + PATIENCE.toSeconds() + " s. " + logEnd());
    }

    private URI announced() {
        try {
            var matcher = LISTENING.matcher(Files.readString(process.log()));
            return matcher.find() ? URI.create(matcher.group(1)) : null;
        } catch (IOException notYet) {
            return null;
        }
    }

    private boolean isReady() {
        var request = HttpRequest.newBuilder(address.resolve("/readyz"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while " + name() + " was starting", e);
        }
    }

    private void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while " + name() + " was starting", e);
        }
    }

    StackException died(int exitCode) {
        return new StackException(name() + " ended with exit code " + exitCode + ". " + logEnd());
    }

    private String logEnd() {
        var tail = process.logTail(TAIL);
        return tail.isEmpty()
                ? "Its log, " + process.log() + ", is empty."
                : "Its log, " + process.log() + ", ends with:\n"
                        + tail.indent(2).stripTrailing();
    }

    /** Sends SIGTERM. Returns when the process has ended. */
    public void stop() {
        expectedToEnd = true;
        process.stop();
    }
}
