// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices;

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
 * A network between clients and a server that can be cut, held up, led elsewhere, fall silent, and fail at one request. A
 * request is what arrives at once, byte by byte as Latin-1. Safe for many threads.
 */
public final class FaultProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final Set<ProxyLink> links = ConcurrentHashMap.newKeySet();
    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private volatile InetSocketAddress target;
    private volatile boolean answersHeld;
    private volatile String heldFrom;

    /** When a fault strikes. */
    public enum Moment {
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

        /** Does its action if this is the request. */
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

        /** Strikes again and again from now on. */
        public synchronized Fault lasting() {
            lasting = true;
            return this;
        }

        /** Strikes no more. */
        public synchronized void over() {
            lasting = false;
            reached = true;
            struck = true;
        }

        /** Whether such a request has come; the action may still be under way. */
        public synchronized boolean reached() {
            return reached;
        }

        /** Whether it has struck, and the action is done. */
        public synchronized boolean struck() {
            return struck;
        }
    }

    /** Listens on a free port of this machine, and passes everything on until told otherwise. */
    public FaultProxy(String host, int port) {
        target = new InetSocketAddress(host, port);
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new DevServicesException("no proxy to " + target + " could be opened", e);
        }
        daemon(this::accept, "proxy");
    }

    /** Where clients find it, as {@code host:port}. */
    public String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    /** The connection breaks at that moment of a request. */
    public Fault failAt(Moment moment, Predicate<String> request) {
        return failAt(moment, request, 1, () -> {});
    }

    /** The same at the n-th such request, and something else happens just then. */
    public Fault failAt(Moment moment, Predicate<String> request, int nth, Runnable action) {
        var fault = new Fault(moment, request, nth, action);
        faults.add(fault);
        return fault;
    }

    /** From now on to another server; what is connected is cut. */
    public void lead(String host, int port) {
        target = new InetSocketAddress(host, port);
        cut();
    }

    /** Closes the connections that stand. */
    public void cut() {
        links.forEach(ProxyLink::close);
    }

    /** Lets nothing through, in either direction, on those connections whose first bytes contain this text. */
    public void hold(String text) {
        links.stream().filter(link -> link.opening().contains(text)).forEach(ProxyLink::hold);
    }

    /** Lets no answers through until they are released; what has come by then arrives together. */
    public void holdAnswers() {
        answersHeld = true;
    }

    /**
     * Lets answers through up to the first place with this text, and nothing from there on until they are released. It is
     * not found where it comes in two parts.
     */
    public void holdAnswersFrom(String text) {
        heldFrom = text;
    }

    public void releaseAnswers() {
        heldFrom = null;
        answersHeld = false;
    }

    /** As if the other side were gone without a word: what is sent on standing connections is lost, and none is closed. */
    public void silence() {
        links.forEach(ProxyLink::silence);
    }

    /** Those that were ever armed. */
    List<Fault> faults() {
        return faults;
    }

    boolean holdsAnswers() {
        return answersHeld;
    }

    /** How much of an answer goes through at once; what is behind it is held. */
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
