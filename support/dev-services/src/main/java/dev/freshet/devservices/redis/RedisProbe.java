// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.redis;

import dev.freshet.devservices.backend.DevServicesException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One PING over a plain socket. Checking that a server is up needs no Redis client. */
public final class RedisProbe {
    private static final int TIMEOUT_MILLIS = 1000;

    private RedisProbe() {}

    /** Sends inline commands. Each of them must be answered with a status, otherwise this throws. */
    public static void send(String host, int port, String... commands) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
            socket.setSoTimeout(10 * TIMEOUT_MILLIS);
            var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (var command : commands) {
                socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
                var line = reader.readLine();
                if (line == null || !line.startsWith("+")) {
                    throw new DevServicesException("Redis answered " + line);
                }
            }
        } catch (IOException e) {
            throw new DevServicesException("no answer from Redis on " + host + ":" + port, e);
        }
    }

    /** True for PONG, and for a server that requires a password; false while it loads its data. */
    static boolean answers(String host, int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            var line = reader.readLine();
            return line != null && (line.startsWith("+PONG") || line.startsWith("-NOAUTH"));
        } catch (IOException notYet) {
            return false;
        }
    }
}
