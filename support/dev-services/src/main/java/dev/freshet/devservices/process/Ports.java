// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.process;

import dev.freshet.devservices.backend.DevServicesException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds free TCP ports on loopback. Another process may take a port before it is used, so callers must try again. */
public final class Ports {
    /**
     * Below the ports that systems take for outgoing connections, so that no such connection takes the port while its
     * server is being restarted.
     */
    private static final int FIRST = 15_000;

    private static final int LAST = 32_000;
    private static final int TRIES = 100;

    private Ports() {}

    /** The preferred port if nothing listens there (0: no preference), otherwise any free port. */
    public static int free(int preferred) {
        return preferred > 0 && isFree(preferred) ? preferred : any();
    }

    private static boolean isFree(int port) {
        // With SO_REUSEADDR, as the servers use it, a port with connections in TIME_WAIT counts as free.
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException taken) {
            return false;
        }
        // A process may listen on all addresses with SO_REUSEPORT. Then the bind succeeds although the port is in use;
        // a connection attempt shows that.
        try (var socket = new java.net.Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return false;
        } catch (IOException refused) {
            return true;
        }
    }

    private static int any() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            if (isFree(port)) {
                return port;
            }
        }
        return anyOfTheSystem();
    }

    private static int anyOfTheSystem() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new DevServicesException("there is no free port on loopback", e);
        }
    }
}
