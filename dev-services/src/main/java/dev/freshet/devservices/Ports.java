// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Free TCP ports on loopback. Another process may take one between the question and its use: callers try again. */
public final class Ports {
    private Ports() {}

    /** The preferred port if nobody listens there (0: no preference), else any free one. */
    public static int free(int preferred) {
        return preferred > 0 && isFree(preferred) ? preferred : any();
    }

    private static boolean isFree(int port) {
        // With SO_REUSEADDR, as the servers do, a port of connections in TIME_WAIT counts as free.
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException taken) {
            return false;
        }
        // Someone may listen on all addresses with SO_REUSEPORT: then a bind succeeds, and so does a connect.
        try (var socket = new java.net.Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return false;
        } catch (IOException refused) {
            return true;
        }
    }

    private static int any() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new DevServicesException("there is no free port on loopback", e);
        }
    }
}
