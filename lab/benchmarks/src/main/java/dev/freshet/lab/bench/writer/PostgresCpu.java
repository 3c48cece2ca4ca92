// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.writer;

import dev.freshet.devservices.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;

/** The CPU of a server: of its first process, and of all processes that this one has started. Thread-safe. */
final class PostgresCpu {
    private static final Path PROCESSES = Path.of("/proc");
    private static final double TICKS_PER_SECOND = 100;

    private final long server;

    private PostgresCpu(long server) {
        this.server = server;
    }

    /**
     * One process.
     *
     * @param parent its parent's number
     * @param ticks CPU of the process, and of its children that have ended
     */
    record Process(String name, long parent, long ticks) {
        /** Reads {@code /proc/PID/stat}. The name is in parentheses and may contain anything. */
        static Process parse(String stat) {
            int end = stat.lastIndexOf(')');
            String[] fields = stat.substring(end + 2).split(" ");
            long ticks = 0;
            for (int i = 11; i <= 14; i++) {
                ticks += Long.parseLong(fields[i]);
            }
            return new Process(stat.substring(stat.indexOf('(') + 1, end), Long.parseLong(fields[1]), ticks);
        }
    }

    /** Empty if the server's processes are not to be seen: in a container they have other numbers. */
    static Optional<PostgresCpu> of(TestDatabase database) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return process(PROCESSES.resolve(row.getString(1)))
                    .filter(backend -> backend.name().equals("postgres"))
                    .map(backend -> new PostgresCpu(backend.parent()));
        }
    }

    /** What it has used so far, in seconds, in steps of 10 ms. */
    double seconds() {
        long ticks = process(PROCESSES.resolve(Long.toString(server)))
                .map(Process::ticks)
                .orElse(0L);
        try (var all = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (Path one : all) {
                ticks += process(one)
                        .filter(process -> process.parent() == server)
                        .map(Process::ticks)
                        .orElse(0L);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what processes there are", e);
        }
        return ticks / TICKS_PER_SECOND;
    }

    private static Optional<Process> process(Path folder) {
        try {
            return Optional.of(Process.parse(Files.readString(folder.resolve("stat"))));
        } catch (NoSuchFileException ended) {
            return Optional.empty();
        } catch (IOException e) {
            // A process that ends while its file is read.
            if (!Files.exists(folder)) {
                return Optional.empty();
            }
            throw new UncheckedIOException("cannot read " + folder, e);
        }
    }
}
