// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Passes bytes on to a server on this machine, and once cuts the connection of a request that contains a text. Can hold
 * answers back, too, so that what comes later arrives together with them.
 */
final class FaultyProxy implements AutoCloseable {
    /** When the connection is cut. */
    enum Cut {
        /** The request does not arrive. */
        BEFORE,
        /** The request is carried out, its answer does not arrive. */
        MIDDLE,
        /** The answer is the last that arrives. */
        AFTER
    }

    private final ServerSocket listener;
    private final int target;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final Object gate = new Object();
    private boolean held;
    private volatile String text;
    private volatile Cut cut;

    FaultyProxy(int target) throws IOException {
        this.target = target;
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    String uri() {
        return "redis://127.0.0.1:" + listener.getLocalPort();
    }

    /** The next request with that text. */
    void arm(String wanted, Cut when) {
        cut = when;
        text = wanted;
    }

    void hold() {
        synchronized (gate) {
            held = true;
        }
    }

    void release() {
        synchronized (gate) {
            held = false;
            gate.notifyAll();
        }
    }

    private void awaitRelease() {
        synchronized (gate) {
            try {
                while (held) {
                    gate.wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    boolean isArmed() {
        return text != null;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (var socket : sockets) {
            socket.close();
        }
    }

    private void accept() throws IOException {
        while (true) {
            var client = listener.accept();
            var server = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.addAll(List.of(client, server));
            var line = new Line(client, server);
            daemon(line::requests);
            daemon(line::answers);
        }
    }

    private interface Io {
        void run() throws IOException;
    }

    private static void daemon(Io io) {
        var thread = new Thread(() -> {
            try {
                io.run();
            } catch (IOException e) {
                // One end was closed, and with it this direction is over.
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private final class Line {
        private final Socket client;
        private final Socket server;
        private volatile Cut due;

        private Line(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        private void requests() throws IOException {
            pass(client.getInputStream(), server.getOutputStream(), chunk -> {
                if (text != null && chunk.contains(text)) {
                    text = null;
                    due = cut;
                }
                return due == Cut.BEFORE;
            });
        }

        private void answers() throws IOException {
            pass(server.getInputStream(), client.getOutputStream(), chunk -> due == Cut.MIDDLE);
        }

        private void pass(InputStream from, OutputStream to, java.util.function.Predicate<String> cuts)
                throws IOException {
            var buffer = new byte[1 << 16];
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                if (cuts.test(new String(buffer, 0, read, StandardCharsets.ISO_8859_1))) {
                    break;
                }
                boolean answer = from == server.getInputStream();
                if (answer) {
                    awaitRelease();
                    read += from.read(buffer, read, Math.min(from.available(), buffer.length - read));
                }
                to.write(buffer, 0, read);
                if (due == Cut.AFTER && answer) {
                    break;
                }
            }
            client.close();
            server.close();
        }
    }
}
