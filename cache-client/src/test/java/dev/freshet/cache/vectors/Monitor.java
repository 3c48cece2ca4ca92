// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.vectors;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Tells what clients send to a Redis, by its command MONITOR. */
final class Monitor implements AutoCloseable {
    private static final Pattern WORD = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket;
    private final BufferedReader lines;

    Monitor(URI redis) throws IOException {
        socket = new Socket(redis.getHost(), redis.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        socket.getOutputStream().write("MONITOR\r\n".getBytes(StandardCharsets.US_ASCII));
        lines.readLine();
    }

    /** Waits for a command that begins like this, and returns the rest of it. */
    List<String> next(String... beginning) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            var words = words(line);
            if (words.size() >= beginning.length
                    && words.subList(0, beginning.length).equals(List.of(beginning))) {
                return words.subList(beginning.length, words.size());
            }
        }
        throw new EOFException("Redis closed the connection");
    }

    private static List<String> words(String line) {
        var words = new ArrayList<String>();
        var found = WORD.matcher(line);
        while (found.find()) {
            words.add(unescaped(found.group(1)));
        }
        return words;
    }

    /** As Redis prints it: quotes and backslashes with a backslash, other bytes than printable ASCII as {@code \\xc3}. */
    private static String unescaped(String word) {
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) != '\\') {
                bytes.write(word.charAt(i));
            } else if (word.charAt(++i) == 'x') {
                bytes.write(Integer.parseInt(word.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                bytes.write(word.charAt(i));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
