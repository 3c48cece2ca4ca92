// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** A network between a client and a server that can be cut, held up, led elsewhere, and made to fail at one request. */
final class FaultProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private volatile InetSocketAddress target;
    private final List<Fault> faults = new CopyOnWriteArrayList<>();

    /** When a fault strikes. */
    enum Moment {
        /** The server never sees the request. */
        BEFORE,
        /** The server has done what it was asked, and nobody knows. */
        IN_THE_MIDDLE,
        /** Right behind the answer. */
        AFTER,
        /** It does not: only the action is done, before the server sees the request. */
        NEVER
    }

    /** Strikes at the n-th request that is meant, once or until it is over. */
    static final class Fault {
        private final Moment moment;
        private final Predicate<String> meant;
        private final Runnable action;
        private int countdown;
        private boolean lasting;
        private volatile boolean struck;

        private Fault(Moment moment, Predicate<String> meant, int nth, Runnable action) {
            this.moment = moment;
            this.meant = meant;
            this.countdown = nth;
            this.action = action;
        }

        private synchronized boolean strikes(String request) {
            if (struck && !lasting || !meant.test(request) || --countdown > 0) {
                return false;
            }
            struck = true;
            return true;
        }

        /** Strikes again and again from now on. */
        synchronized Fault lasting() {
            lasting = true;
            return this;
        }

        synchronized void over() {
            lasting = false;
            struck = true;
        }

        boolean struck() {
            return struck;
        }
    }

    FaultProxy(String host, int port) {
        target = new InetSocketAddress(host, port);
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept, "proxy");
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The connection breaks at that moment of a request. */
    Fault failAt(Moment moment, Predicate<String> request) {
        return failAt(moment, request, 1, () -> {});
    }

    /** The same at the n-th such request, and something else happens just then. */
    Fault failAt(Moment moment, Predicate<String> request, int nth, Runnable action) {
        var fault = new Fault(moment, request, nth, action);
        faults.add(fault);
        return fault;
    }

    /** From now on to another server; what is connected is cut. */
    void lead(String host, int port) {
        target = new InetSocketAddress(host, port);
        cut();
    }

    void cut() {
        links.forEach(Link::close);
    }

    /** Lets nothing through, in either direction, on those connections whose first bytes contain this text. */
    void hold(String text) {
        links.stream().filter(link -> link.opening.contains(text)).forEach(link -> link.held = true);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                try {
                    var server = new Socket();
                    server.connect(target, 5_000);
                    links.add(new Link(client, server));
                } catch (IOException e) {
                    client.close();
                }
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }

    private static void daemon(Runnable work, String name) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** One connection. */
    private final class Link {
        private final Socket client;
        private final Socket server;
        private volatile String opening = "";
        private volatile boolean held;
        private volatile boolean answerIsLast;
        private volatile boolean answerIsLost;

        Link(Socket client, Socket server) throws IOException {
            this.client = client;
            this.server = server;
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            daemon(() -> pump(client, server, true), "proxy-requests");
            daemon(() -> pump(server, client, false), "proxy-answers");
        }

        private void pump(Socket from, Socket to, boolean requests) {
            var buffer = new byte[1 << 16];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    while (held && !from.isClosed()) {
                        LockSupport.parkNanos(5_000_000);
                    }
                    if (requests ? !forward(buffer, read, out) : !backward(buffer, read, out)) {
                        return;
                    }
                }
            } catch (IOException e) {
                held = false; // one side is gone: so is the other
            } finally {
                close();
            }
        }

        private boolean forward(byte[] buffer, int length, OutputStream out) throws IOException {
            String text = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
            if (opening.length() < 500) {
                opening += text;
            }
            for (Fault armed : faults) {
                if (!armed.strikes(text)) {
                    continue;
                }
                armed.action.run();
                if (armed.moment == Moment.BEFORE) {
                    return false;
                }
                if (armed.moment == Moment.NEVER) {
                    continue;
                }
                answerIsLost = armed.moment == Moment.IN_THE_MIDDLE;
                answerIsLast = true;
            }
            out.write(buffer, 0, length);
            return true;
        }

        private boolean backward(byte[] buffer, int length, OutputStream out) throws IOException {
            if (!answerIsLost) {
                out.write(buffer, 0, length);
                out.flush();
            }
            return !answerIsLast;
        }

        private void close() {
            held = false;
            links.remove(this);
            for (Socket socket : new Socket[] {client, server}) {
                try {
                    socket.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}
