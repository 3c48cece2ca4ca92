// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.record;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of events, one per line. One thread at a time. */
final class EventFile implements AutoCloseable {
    private final BufferedWriter writer;
    private long events;

    /** Creates the file, or empties it. */
    EventFile(Path path) throws IOException {
        writer = Files.newBufferedWriter(path, StandardCharsets.UTF_8);
    }

    void write(String event) throws IOException {
        writer.write(event);
        writer.write('\n');
        events++;
    }

    void flush() throws IOException {
        writer.flush();
    }

    long events() {
        return events;
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
