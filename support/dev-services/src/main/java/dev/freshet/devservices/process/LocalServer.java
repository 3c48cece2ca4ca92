// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.process;

import dev.freshet.devservices.backend.Backend;
import dev.freshet.devservices.backend.BackendKind;
import dev.freshet.devservices.backend.DevServicesException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A server that runs as a process on this machine, in a temporary folder. Subclasses define the differences. */
public abstract class LocalServer implements Backend {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PORTS_TO_TRY = 5;
    private static final int TAIL = 15;

    private final String name;
    private final WorkFolder folder;
    private int port;
    private ChildProcess process;

    protected LocalServer(String name) {
        this.name = name;
        this.folder = WorkFolder.create(name);
        Teardown.remember(this);
    }

    /** The first start. It uses the preferred port, or another one if that port is taken in the meantime. */
    protected final void startFirst(int preferredPort) {
        try {
            for (int turn = 1; ; turn++) {
                port = Ports.free(turn == 1 ? preferredPort : 0);
                try {
                    start();
                    return;
                } catch (DevServicesException e) {
                    if (turn == PORTS_TO_TRY || !portWasTaken(logTail(TAIL))) {
                        throw e;
                    }
                }
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The command that starts the server on {@link #port()}. */
    protected abstract List<String> command();

    /** Variables that are added to those of this JVM; a variable with a null value is removed. */
    protected Map<String, String> environment() {
        return Map.of();
    }

    /** Whether this running process responds yet. */
    protected abstract boolean isReady(ChildProcess candidate);

    /** The signal that ends the server soon, even if clients are connected. */
    protected abstract String stopSignal();

    /** The signal that ends the server at once and releases its operating system resources. */
    protected abstract String quitSignal();

    /** Whether a start failed with this log because the port was in use. */
    protected abstract boolean portWasTaken(String log);

    /**
     * Whether a start that failed with this log may succeed a little later, once the remains of a killed server are
     * gone.
     */
    protected boolean isWorthAnotherTry(String log) {
        return false;
    }

    protected final Path folder() {
        return folder.path();
    }

    protected final Path log() {
        return folder.path().resolve("server.log");
    }

    @Override
    public final BackendKind way() {
        return BackendKind.LOCAL;
    }

    @Override
    public final String host() {
        return "127.0.0.1";
    }

    @Override
    public final int port() {
        return port;
    }

    @Override
    public final synchronized void start() {
        if (isRunning()) {
            return;
        }
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            process = ChildProcess.launch(new ChildProcess.Spec(name, command(), environment(), log(), quitSignal()));
            remember(process);
            var candidate = process;
            // Asked once: under load, a server that has answered may be late with a second answer.
            if (Waiting.until(() -> !candidate.isAlive() || isReady(candidate), PATIENCE) && candidate.isAlive()) {
                return;
            }
            candidate.kill();
            if (!isWorthAnotherTry(logTail(TAIL)) || System.nanoTime() > deadline) {
                throw new DevServicesException(
                        name + " did not start on port " + port + "; its log ends with:\n" + logTail(TAIL));
            }
            Waiting.until(() -> false, Duration.ofMillis(100));
        }
    }

    private void remember(ChildProcess started) {
        try {
            var handle = ProcessHandle.of(started.pid());
            if (handle.isPresent()) {
                folder.usedBy(handle.get());
            }
        } catch (IOException e) {
            throw new DevServicesException("cannot write to " + folder, e);
        }
    }

    @Override
    public final synchronized void stop() {
        end(stopSignal(), Duration.ofSeconds(15));
    }

    @Override
    public final synchronized void kill() {
        if (isRunning()) {
            process.kill();
        }
    }

    @Override
    public final synchronized boolean isRunning() {
        return process != null && process.isAlive();
    }

    @Override
    public final String logTail(int lines) {
        return ChildProcess.tail(log(), lines);
    }

    @Override
    public final synchronized void close() {
        Teardown.forget(this);
        end(quitSignal(), Duration.ofSeconds(5));
        folder.close();
    }

    private void end(String signal, Duration patience) {
        if (isRunning() && SystemCommands.signal(process.pid(), signal)) {
            var ending = process;
            if (!Waiting.until(() -> !ending.isAlive(), patience)) {
                ending.kill();
            }
        }
    }

    @Override
    public final String toString() {
        return name + " on " + host() + ":" + port + " in " + folder;
    }
}
