// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.redis;

import dev.freshet.devservices.backend.DevServicesException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The subset of Redis's protocol (RESP2, see redis.io/docs/latest/develop/reference/protocol-spec) that is needed to
 * set up servers without a Redis client. Not thread-safe.
 */
public final class RespClient implements AutoCloseable {
    private static final int CONNECT_MILLIS = 1000;
    private static final int ANSWER_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;

    private RespClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    private static RespClient connect(String host, int port, String password) {
        var socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            var resp = new RespClient(socket);
            if (password != null) {
                resp.ask("AUTH", password);
            }
            return resp;
        } catch (IOException | RuntimeException e) {
            closeQuietly(socket);
            throw new DevServicesException("cannot talk to Redis on " + host + ":" + port, e);
        }
    }

    /**
     * Sends one command on its own connection. Returns a String, a Long, a List, or null. */
    public static Object ask(String host, int port, String password, String... command) {
        try (var resp = connect(host, port, password)) {
            return resp.ask(command);
        }
    }

    /** The value of a field of INFO or CLUSTER INFO; empty if absent. */
    public static String field(Object info, String name) {
        return String.valueOf(info)
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    private Object ask(String... command) {
        var request = new StringBuilder("*" + command.length + "\r\n");
        for (var word : command) {
            request.append('$')
                    .append(word.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n");
            request.append(word).append("\r\n");
        }
        try {
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
            return answer();
        } catch (IOException e) {
            throw new DevServicesException("no answer from Redis to " + command[0], e);
        }
    }

    private Object answer() throws IOException {
        var line = line();
        var rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+' -> rest;
            case ':' -> Long.valueOf(rest);
            case '-' -> throw new DevServicesException("Redis refused: " + rest);
            case '$' -> bulk(Integer.parseInt(rest));
            case '*' -> list(Integer.parseInt(rest));
            default -> throw new IOException("Redis answered " + line);
        };
    }

    private String bulk(int length) throws IOException {
        if (length < 0) {
            return null;
        }
        var bytes = in.readNBytes(length);
        line();
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private List<Object> list(int size) throws IOException {
        var all = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            all.add(answer());
        }
        return all;
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("Redis hung up");
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new DevServicesException("cannot close a socket", e);
        }
    }

    @Override
    public void close() {
        closeQuietly(socket);
    }
}
