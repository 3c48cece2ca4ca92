// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.tap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.sql.SQLException;
import java.util.Properties;
import javax.net.SocketFactory;

/**
 * Makes the sockets of a {@link Tap}'s connections, so that its stream can wait for data. Public because the driver
 * creates it by name.
 */
public final class TappedSockets extends SocketFactory {
    private final Tap tap;

    /** @param connection the properties of the connection, among them {@link Tap#PROPERTY} */
    public TappedSockets(Properties connection) throws SQLException {
        this.tap = Tap.named(connection.getProperty(Tap.PROPERTY));
    }

    @Override
    public Socket createSocket() {
        return tap.made(new AwaitableSocket());
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port), null);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port), new InetSocketAddress(local, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port), null);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port), new InetSocketAddress(local, localPort));
    }

    private Socket connected(InetSocketAddress to, InetSocketAddress from) throws IOException {
        Socket socket = createSocket();
        try {
            socket.bind(from);
            socket.connect(to);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
