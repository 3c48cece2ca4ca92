// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.fault;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server that remembers what it was asked, and answers as it is told to. Thread-safe. */
public final class HttpStub implements AutoCloseable {
    private static final Answer OK = new Answer(200, Map.of(), "{\"success\": true}");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final HttpServer server;
    private volatile Answer answer = OK;

    /**
     * A request that arrived.
     *
     * @param target path and query, as they were sent
     * @param headers by their names, with a capital letter first and small ones else
     */
    public record Asked(String method, String target, Headers headers, String body) {
        public String header(String name) {
            return headers.getFirst(name);
        }
    }

    private record Answer(int status, Map<String, String> headers, String body) {
        boolean isNone() {
            return status == 0;
        }
    }

    /** On a free port of this machine. */
    public HttpStub() throws IOException {
        this(0);
    }

    public HttpStub(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Without a slash at its end. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** From now on, with a body that says that it succeeded. */
    public void accept() {
        answer = OK;
    }

    /** From now on. */
    public void answer(int status, Map<String, String> headers, String body) {
        answer = new Answer(status, Map.copyOf(headers), body);
    }

    /** From now on. */
    public void answer(int status) {
        answer(status, Map.of(), "");
    }

    /** From now on requests are read and get no answer. */
    public void stayMute() {
        answer = new Answer(0, Map.of(), "");
    }

    /** All requests so far, in the order in which they arrived. */
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    private void handle(HttpExchange exchange) throws IOException {
        Answer now = answer;
        try {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders(),
                    body));
            if (now.isNone()) {
                closed.await();
                return;
            }
            now.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] bytes = now.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(now.status(), bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
