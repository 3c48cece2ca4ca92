// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.fault;

import dev.freshet.devservices.backend.DevServicesException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * A proxy between clients and a server that simulates network faults. It can cut or hold connections, redirect them, go
 * silent, and fail at a given request. A request is the data that arrives in one read, decoded byte by byte as Latin-1.
 * Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final Set<ProxyLink> links = ConcurrentHashMap.newKeySet();
    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private volatile InetSocketAddress target;
    private volatile boolean answersHeld;
    private volatile String heldFrom;

    /** When a fault occurs. */
    public enum Moment {
        /** Before the server sees the request. */
        BEFORE,
        /** After the server has handled the request, but before the client gets the response. */
        IN_THE_MIDDLE,
        /** Right after the response. */
        AFTER,
        /** No fault: only the action runs, before the server sees the request. */
        NEVER
    }

    /** A fault that occurs at the n-th matching request, once or until {@link #over()} is called. */
    public static final class Fault {
        private final Moment moment;
        private final Predicate<String> meant;
        private final Runnable action;
        private int countdown;
        private boolean lasting;
        private boolean reached;
        private boolean struck;

        private Fault(Moment moment, Predicate<String> meant, int nth, Runnable action) {
            this.moment = moment;
            this.meant = meant;
            this.countdown = nth;
            this.action = action;
        }

        Moment moment() {
            return moment;
        }

        /** Runs the action if the fault occurs at this request. */
        boolean strikes(String request) {
            synchronized (this) {
                if (reached && !lasting || !meant.test(request) || --countdown > 0) {
                    return false;
                }
                reached = true;
            }
            action.run();
            synchronized (this) {
                struck = true;
            }
            return true;
        }

        /** Makes the fault occur at every matching request from now on. */
        public synchronized Fault lasting() {
            lasting = true;
            return this;
        }

        /** Ends the fault: it does not occur any more. */
        public synchronized void over() {
            lasting = false;
            reached = true;
            struck = true;
        }

        /** Whether the matching request has arrived; the action may still be running. */
        public synchronized boolean reached() {
            return reached;
        }

        /** Whether the fault has occurred and the action is finished. */
        public synchronized boolean struck() {
            return struck;
        }
    }

    /** Listens on a free port of this machine. Forwards everything until told otherwise. */
    public FaultProxy(String host, int port) {
        target = new InetSocketAddress(host, port);
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new DevServicesException("no proxy to " + target + " could be opened", e);
        }
        daemon(this::accept, "proxy");
    }

    /** The address for clients, as {@code host:port}. */
    public String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    /** Breaks the connection at this moment of a matching request. */
    public Fault failAt(Moment moment, Predicate<String> request) {
        return failAt(moment, request, 1, () -> {});
    }

    /** The same at the n-th matching request, with an action that runs just before. */
    public Fault failAt(Moment moment, Predicate<String> request, int nth, Runnable action) {
        var fault = new Fault(moment, request, nth, action);
        faults.add(fault);
        return fault;
    }

    /** Redirects new connections to another server, and cuts the existing ones. */
    public void lead(String host, int port) {
        target = new InetSocketAddress(host, port);
        cut();
    }

    /** Closes the existing connections. */
    public void cut() {
        links.forEach(ProxyLink::close);
    }

    /** Blocks both directions on those connections whose first bytes contain this text. */
    public void hold(String text) {
        links.stream().filter(link -> link.opening().contains(text)).forEach(ProxyLink::hold);
    }

    /** Blocks all responses until they are released. Responses that have arrived by then are delivered together. */
    public void holdAnswers() {
        answersHeld = true;
    }

    /**
     * Forwards responses up to the first occurrence of this text, and blocks everything after it until responses are
     * released. The text is not found if it arrives in two parts.
     */
    public void holdAnswersFrom(String text) {
        heldFrom = text;
    }

    public void releaseAnswers() {
        heldFrom = null;
        answersHeld = false;
    }

    /**
     * Simulates a peer that disappears without a word: data on existing connections is dropped, and no connection is
     * closed.
     */
    public void silence() {
        links.forEach(ProxyLink::silence);
    }

    /** All faults that were ever set up. */
    List<Fault> faults() {
        return faults;
    }

    boolean holdsAnswers() {
        return answersHeld;
    }

    /** How much of a response is forwarded at once; the rest is held. */
    int lengthToLetThrough(String answer) {
        var from = heldFrom;
        int found = from == null ? -1 : answer.indexOf(from);
        if (found < 0) {
            return answer.length();
        }
        heldFrom = null;
        answersHeld = true;
        return found;
    }

    void closed(ProxyLink link) {
        links.remove(link);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var client = listener.accept();
                try {
                    var server = new Socket();
                    server.connect(target, 5_000);
                    var link = new ProxyLink(this, client, server);
                    links.add(link);
                    link.start();
                } catch (IOException e) {
                    client.close();
                }
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new DevServicesException("the proxy to " + target + " is broken", e);
                }
            }
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new DevServicesException("the proxy to " + target + " cannot be closed", e);
        }
        cut();
    }

    static void daemon(Runnable work, String name) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
