// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Passes bytes on to a server on this machine, until told to swallow those of the connections that stand. */
final class SilentProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final int target;
    private final List<Line> lines = new CopyOnWriteArrayList<>();

    SilentProxy(int target) throws IOException {
        this.target = target;
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    void silenceStandingConnections() {
        lines.forEach(line -> line.silent = true);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (var line : lines) {
            line.client.close();
            line.server.close();
        }
    }

    private void accept() throws IOException {
        while (true) {
            var client = listener.accept();
            var line = new Line(client, new Socket(InetAddress.getLoopbackAddress(), target));
            lines.add(line);
            daemon(() -> line.pass(line.client.getInputStream(), line.server.getOutputStream()));
            daemon(() -> line.pass(line.server.getInputStream(), line.client.getOutputStream()));
        }
    }

    private interface Io {
        void run() throws IOException;
    }

    private void daemon(Io io) {
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

    private static final class Line {
        private final Socket client;
        private final Socket server;
        private volatile boolean silent;

        private Line(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        private void pass(InputStream from, OutputStream to) throws IOException {
            var buffer = new byte[8192];
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                if (!silent) {
                    to.write(buffer, 0, read);
                }
            }
        }
    }
}
