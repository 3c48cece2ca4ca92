// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.support;

import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.ChildProcess;
import dev.freshet.devservices.WorkFolder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A command of {@code ./freshet} that goes on until it is stopped. */
public final class Sidecar implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LOG_LINES = 40;
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

    /** Returns when it has said something that matches. */
    public Sidecar awaitLog(String regex) {
        var said = Pattern.compile(regex);
        await(process.name() + " says " + regex).atMost(PATIENCE).until(() -> {
            var log = log();
            if (!process.isAlive()) {
                throw new AssertionError(process.name() + " has ended:\n" + log);
            }
            return said.matcher(log).find();
        });
        return this;
    }

    public String log() {
        return process.logTail(LOG_LINES);
    }

    /** SIGTERM; answers the exit code. */
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
