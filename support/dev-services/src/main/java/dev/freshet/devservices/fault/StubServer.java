// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A server that gives the same response to everything it receives: {@code silence} for none, an empty text to close the
 * connection.
 */
public final class StubServer implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
    private final String answer;

    public StubServer(String answer) throws IOException {
        this.answer = answer;
        var thread = new Thread(this::accept, "stub-server");
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                var thread = new Thread(() -> answer(socket), "stub-server-answer");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void answer(Socket socket) {
        try {
            var in = socket.getInputStream();
            var buffer = new byte[1024];
            while (in.read(buffer) >= 0) {
                if (answer.isEmpty()) {
                    socket.close();
                    return;
                }
                if (answer.equals("N")) {
                    // Declines TLS, then stays silent.
                    socket.getOutputStream().write('N');
                    in.transferTo(java.io.OutputStream.nullOutputStream());
                } else if (!answer.equals("silence")) {
                    socket.getOutputStream().write((answer + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (IOException e) {
            // it hung up
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
