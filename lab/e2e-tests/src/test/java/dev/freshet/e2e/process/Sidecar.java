// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.process;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.process.ChildProcess;
import dev.freshet.devservices.process.WorkFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A command of {@code ./freshet} that runs until it is stopped. */
public final class Sidecar implements Watched {
    private static final int LOG_LINES = 40;
    private static final long SIGINT = 1L << 1;
    private static final Pattern LISTENING = Pattern.compile("listening on (http://\\S+)");
    private static final Predicate<String> SETTINGS =
            Pattern.compile("^FRESHET_").asPredicate();

    private final WorkFolder folder = WorkFolder.create("e2e-sidecar");
    private final ChildProcess process;

    public Sidecar(Command command) {
        var environment = new LinkedHashMap<String, String>();
        System.getenv().keySet().stream().filter(SETTINGS).forEach(name -> environment.put(name, null));
        environment.putAll(command.environment());
        process = ChildProcess.start(new ChildProcess.Spec(
                command.toString(), command.words(), environment, folder.path().resolve("sidecar.log")));
    }

    /** Waits until its output has a match. */
    public Sidecar awaitLog(String regex) {
        var said = Pattern.compile(regex);
        await(process.name() + " says " + regex).atMost(PATIENCE).until(() -> {
            requireAlive();
            return said.matcher(log()).find();
        });
        return this;
    }

    @Override
    public void requireAlive() {
        if (!process.isAlive()) {
            throw new AssertionError(process.name() + " has ended:\n" + log());
        }
    }

    /** The end of its output and its last reported evictions. */
    @Override
    public String log() {
        var log = process.logTail(LOG_LINES);
        var address = LISTENING.matcher(log);
        return address.find() && process.isAlive() ? log + "\n" + recent(address.group(1)) : log;
    }

    /** The address of its admin port, once it listens there. */
    public String address() {
        await(process.name() + " listens").atMost(PATIENCE).until(() -> {
            requireAlive();
            return LISTENING.matcher(everything()).find();
        });
        return LISTENING
                .matcher(everything())
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    /** All of its output. */
    public String everything() {
        try {
            return Files.readString(process.log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String recent(String address) {
        var request = HttpRequest.newBuilder(URI.create(address + "/recent?limit=3"))
                .timeout(PATIENCE)
                .build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "no answer to " + request.uri() + ": " + e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted while asking " + request.uri();
        }
    }

    /** Stops it as Ctrl-C does. Returns the exit code. */
    public int interrupt() {
        process.signal("INT");
        return awaitEnd();
    }

    /** Whether this process, and so every child process, ignores Ctrl-C, as a background job of a shell does. */
    public static boolean hearsNoInterrupts() {
        var status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return false;
        }
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                    .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).trim(), 16) & SIGINT) != 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it ends by itself. Returns the exit code. */
    public int awaitEnd() {
        return process.onExit()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /** Stops it with SIGTERM. Returns the exit code. */
    public int stop() {
        process.stop();
        return process.onExit().join();
    }

    @Override
    public void close() {
        process.stop();
        folder.close();
    }
}
