// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.process;

import dev.freshet.devservices.backend.DevServicesException;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The commands of the operating system that we need. */
public final class SystemCommands {
    /** A file that is empty and takes everything. */
    public static final File NOWHERE = new File("/dev/null");

    /**
     * Runs a command in its own session, so that Ctrl-C at the terminal reaches only this JVM, which then stops
     * everything in order.
     */
    private static final List<String> OWN_SESSION = find("setsid")
            .map(tool -> List.of(tool))
            .or(() -> find("perl").map(tool -> List.of(tool, "-e", "use POSIX; POSIX::setsid(); exec @ARGV", "--")))
            .orElse(List.of());

    private SystemCommands() {}

    static List<String> ownSession() {
        return OWN_SESSION;
    }

    /** The path of a command, if this machine has it. */
    public static Optional<String> find(String command) {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin") + ":/usr/sbin:/sbin";
        for (var folder : path.split(File.pathSeparator)) {
            var file = Path.of(folder.isEmpty() ? "." : folder, command);
            if (Files.isExecutable(file) && Files.isRegularFile(file)) {
                return Optional.of(file.toString());
            }
        }
        return Optional.empty();
    }

    /** Whether the command exits with 0 within two seconds. */
    public static boolean succeeds(List<String> command) {
        try {
            var process = new ProcessBuilder(command)
                    .redirectInput(NOWHERE)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The standard output of the command. */
    public static String output(List<String> command) {
        try {
            var process = new ProcessBuilder(command)
                    .redirectInput(NOWHERE)
                    .redirectError(Redirect.DISCARD)
                    .start();
            try (var said = process.getInputStream()) {
                return new String(said.readAllBytes(), StandardCharsets.UTF_8).strip();
            }
        } catch (IOException e) {
            throw new DevServicesException("cannot run " + command, e);
        }
    }

    /** Sends a signal that Java has no method for. False if the process does not exist (any more). */
    static boolean signal(long pid, String signal) {
        return succeeds(List.of("/bin/sh", "-c", "kill -" + signal + " " + pid));
    }
}
