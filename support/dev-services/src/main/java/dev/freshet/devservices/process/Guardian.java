// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.process;

import dev.freshet.devservices.backend.DevServicesException;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A small shell process that outlives this JVM and cleans up if the JVM is killed. It reads from a pipe that only this
 * JVM holds open. When the pipe ends, it kills the remaining processes and removes the folders.
 */
final class Guardian {
    private static final String SCRIPT = """
            trap '' HUP INT TERM
            procs=
            while read -r verb signal arg; do
              case $verb in
                +pid) procs="$procs $signal:$arg" ;;
                -pid) kept=; for p in $procs; do [ "${p#*:}" = "$arg" ] || kept="$kept $p"; done; procs=$kept ;;
                +dir) set -- "$@" "$arg" ;;
              esac
            done
            for p in $procs; do kill "-${p%%:*}" "${p#*:}" 2>/dev/null; done
            for turn in 1 2 3 4 5 6 7 8 9 10; do
              left=
              for p in $procs; do kill -0 "${p#*:}" 2>/dev/null && left="$left ${p#*:}"; done
              [ -z "$left" ] && break
              sleep 0.3
            done
            for p in $left; do kill -KILL "$p" 2>/dev/null; done
            [ -n "$left" ] && sleep 0.5
            for folder in "$@"; do [ -f "$folder/.owner" ] && rm -rf "$folder"; done
            """;

    private static OutputStream pipe;

    private Guardian() {}

    /** Sends the process this signal if the JVM is killed. */
    static void watch(long pid, String signal) {
        tell("+pid " + signal + " " + pid);
    }

    static void unwatch(long pid) {
        tell("-pid - " + pid);
    }

    /** Removes the folder if the JVM is killed, provided that its {@link WorkFolder#OWNER} file still exists. */
    static void watch(Path folder) {
        tell("+dir - " + folder);
    }

    private static synchronized void tell(String line) {
        try {
            if (pipe == null) {
                pipe = start();
            }
            pipe.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            pipe.flush();
        } catch (IOException e) {
            throw new DevServicesException("cannot reach the shell that watches over servers", e);
        }
    }

    private static OutputStream start() throws IOException {
        List<String> command = new ArrayList<>(SystemCommands.ownSession());
        command.addAll(List.of("/bin/sh", "-c", SCRIPT, "freshet-guardian"));
        var process = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        return process.getOutputStream();
    }
}
