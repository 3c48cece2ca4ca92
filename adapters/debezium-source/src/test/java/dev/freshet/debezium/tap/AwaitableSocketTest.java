// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.tap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.debezium.tap.AwaitableSocket.Awaited;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AwaitableSocketTest {
    private static final int LONG = 50_000;

    private final AwaitableSocket socket = new AwaitableSocket();
    private Socket peer;
    private InputStream in;

    @BeforeEach
    void connect() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            socket.connect(server.getLocalSocketAddress());
            peer = server.accept();
        }
        in = socket.getInputStream();
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        peer.close();
    }

    @Test
    void whatEndsAWaitIsReadAfterwards() throws Exception {
        CompletableFuture<Awaited> came = CompletableFuture.supplyAsync(() -> socket.awaitData(LONG));
        send("abc");
        assertThat(came.get(30, TimeUnit.SECONDS)).isEqualTo(Awaited.DATA);
        assertThat(socket.awaitData(LONG)).as("still there").isEqualTo(Awaited.DATA);
        assertThat(in.available()).isPositive();
        assertThat(in.read()).isEqualTo('a');
        send("def");
        assertThat(new String(in.readNBytes(5), StandardCharsets.US_ASCII)).isEqualTo("bcdef");
        assertThat(in.available()).isZero();
    }

    @Test
    void moreThanIsKeptStaysInOrder() throws Exception {
        byte[] much = new byte[100_000];
        for (int i = 0; i < much.length; i++) {
            much[i] = (byte) i;
        }
        CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> send(much));
        assertThat(socket.awaitData(LONG)).isEqualTo(Awaited.DATA);
        assertThat(in.readNBytes(much.length)).isEqualTo(much);
        sent.get(30, TimeUnit.SECONDS);
    }

    @Test
    void aWaitInVainLeavesTheSocketAsItWas() throws Exception {
        socket.setSoTimeout(1234);
        assertThat(socket.awaitData(1)).isEqualTo(Awaited.NOTHING);
        assertThat(socket.getSoTimeout()).isEqualTo(1234);
        send("x");
        assertThat(in.read()).isEqualTo('x');
    }

    @Test
    void theEndIsToldFromAPause() throws Exception {
        peer.close();
        assertThat(socket.awaitData(LONG)).isEqualTo(Awaited.END);
        assertThat(in.read()).isEqualTo(-1);
        assertThat(in.read(new byte[3])).isEqualTo(-1);
    }

    @Test
    void closingEndsAWait() throws Exception {
        CompletableFuture<Awaited> waits = CompletableFuture.supplyAsync(() -> socket.awaitData(LONG));
        socket.close();
        assertThat(waits.get(30, TimeUnit.SECONDS)).isEqualTo(Awaited.END);
        assertThatThrownBy(in::read).isInstanceOf(SocketException.class);
    }

    private void send(String text) {
        send(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void send(byte[] bytes) {
        try {
            peer.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
