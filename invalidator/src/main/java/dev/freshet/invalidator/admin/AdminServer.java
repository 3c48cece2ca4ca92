// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.freshet.model.mapping.Hint;
import dev.freshet.support.config.ConfigException;
import dev.freshet.support.config.ListenAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves pages with the JDK's HTTP server. Thread-safe. */
public final class AdminServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
    /** Enough that requests waiting at {@code /recent} do not delay a health check. */
    private static final int THREADS = 8;
    /** A page uses what this server serves, and nothing else; nobody may frame it. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    static {
        // The JDK's server sends header and body separately. With Nagle's algorithm the body would be 40 ms late.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final HttpServer server;
    private final String host;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, work -> {
        var thread = new Thread(work, "freshet-admin");
        thread.setDaemon(true);
        return thread;
    });

    private AdminServer(HttpServer server, String host) {
        this.server = server;
        this.host = host;
    }

    /**
     * Starts the server.
     *
     * @param port 0 for any free port
     * @param pages by path, such as {@code /livez}
     * @throws ConfigException if it cannot listen there
     */
    public static AdminServer start(String host, int port, Map<String, Page> pages) {
        var address = new ListenAddress("FRESHET_ADMIN_HOST", "FRESHET_ADMIN_PORT", host, port);
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(host, port), 0);
        } catch (IOException e) {
            throw address.refused();
        }
        var admin = new AdminServer(server, host);
        admin.server.setExecutor(admin.threads);
        admin.server.createContext("/", exchange -> admin.handle(exchange, pages));
        admin.server.start();
        return admin;
    }

    public String url() {
        String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return "http://" + name + ":" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange, Map<String, Page> pages) throws IOException {
        try (exchange) {
            send(exchange, answer(exchange, pages));
        }
    }

    private static Answer answer(HttpExchange exchange, Map<String, Page> pages) {
        String path = exchange.getRequestURI().getPath();
        Page page = pages.get(path);
        if (page == null) {
            return Answer.text(404, "no such page; " + Hint.of(path, new TreeSet<>(pages.keySet())) + "\n");
        }
        try {
            var caller = Caller.of(exchange);
            Optional<Answer> refusal = refusal(exchange.getRequestMethod(), caller, page);
            return refusal.isPresent()
                    ? refusal.get()
                    : page.answer(new Query(exchange.getRequestURI().getRawQuery(), caller));
        } catch (IllegalArgumentException e) {
            return Answer.text(400, e.getMessage() + "\n");
        } catch (RuntimeException e) {
            LOG.warn("{} failed", path, e);
            return Answer.text(500, "failed; see the log\n");
        }
    }

    private static Optional<Answer> refusal(String method, Caller caller, Page page) {
        if (page instanceof Action action) {
            return method.equals("POST")
                    ? action.token().refusal(caller)
                    : Optional.of(Answer.text(405, "expected POST\n"));
        }
        return method.equals("GET") || method.equals("HEAD")
                ? Optional.empty()
                : Optional.of(Answer.text(405, "expected GET\n"));
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
        exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), head || body.length == 0 ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
