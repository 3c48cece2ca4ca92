// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.fault;

import dev.freshet.devservices.backend.DevServicesException;
import dev.freshet.devservices.fault.FaultProxy.Moment;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/** One connection through a {@link FaultProxy}, with a thread for each direction. */
final class ProxyLink {
    private static final int OPENING = 500;

    private final FaultProxy proxy;
    private final Socket client;
    private final Socket server;
    private volatile String opening = "";
    private volatile boolean held;
    private volatile boolean silent;
    private volatile boolean answerIsLast;
    private volatile boolean answerIsLost;

    ProxyLink(FaultProxy proxy, Socket client, Socket server) throws IOException {
        this.proxy = proxy;
        this.client = client;
        this.server = server;
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
    }

    void start() {
        FaultProxy.daemon(() -> pump(client, server, true), "proxy-requests");
        FaultProxy.daemon(() -> pump(server, client, false), "proxy-answers");
    }

    /** The first text that the client sent. */
    String opening() {
        return opening;
    }

    void hold() {
        held = true;
    }

    void silence() {
        silent = true;
    }

    private void pump(Socket from, Socket to, boolean requests) {
        var buffer = new byte[1 << 16];
        try {
            var in = from.getInputStream();
            var out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (awaitRelease(from, requests)) {
                    read += in.read(buffer, read, Math.min(in.available(), buffer.length - read));
                }
                if (silent) {
                    continue;
                }
                if (requests ? !forward(buffer, read, out) : !backward(buffer, read, out)) {
                    break;
                }
            }
        } catch (IOException e) {
            held = false; // One side is gone, so nothing needs to be held any more.
        } finally {
            if (!silent) {
                close();
            }
        }
    }

    /** Returns whether it had to wait. */
    private boolean awaitRelease(Socket from, boolean requests) {
        boolean waited = false;
        while ((held || !requests && proxy.holdsAnswers()) && !from.isClosed()) {
            waited = true;
            LockSupport.parkNanos(5_000_000);
        }
        return waited;
    }

    /** Returns whether the connection stays open. */
    private boolean forward(byte[] buffer, int length, OutputStream out) throws IOException {
        var text = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
        if (opening.length() < OPENING) {
            opening += text;
        }
        for (var fault : proxy.faults()) {
            if (!fault.strikes(text) || fault.moment() == Moment.NEVER) {
                continue;
            }
            if (fault.moment() == Moment.BEFORE) {
                return false;
            }
            answerIsLost = fault.moment() == Moment.IN_THE_MIDDLE;
            answerIsLast = true;
        }
        out.write(buffer, 0, length);
        return true;
    }

    /** Returns whether the connection stays open. */
    private boolean backward(byte[] buffer, int length, OutputStream out) throws IOException {
        if (!answerIsLost) {
            int through = proxy.lengthToLetThrough(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
            out.write(buffer, 0, through);
            if (through < length) {
                awaitRelease(server, false);
                out.write(buffer, through, length - through);
            }
        }
        return !answerIsLast;
    }

    void close() {
        held = false;
        proxy.closed(this);
        for (var socket : new Socket[] {client, server}) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new DevServicesException("a connection of the proxy cannot be closed", e);
            }
        }
    }
}
