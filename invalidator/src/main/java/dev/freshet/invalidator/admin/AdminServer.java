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
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves pages with the JDK's HTTP server. Thread-safe. */
public final class AdminServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
    /** For pages that answer at once, such as health checks. */
    private static final int THREADS = 4;
    /** For pages that wait: for the next transaction, or for PostgreSQL. */
    static final int WAITING = 8;
    /** Requests for those that wait for a thread; more are refused. */
    static final int QUEUED = 32;
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
    private final ExecutorService threads =
            Executors.newFixedThreadPool(THREADS, work -> thread(work, "freshet-admin"));
    private final ExecutorService waiting = new ThreadPoolExecutor(
            WAITING,
            WAITING,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUED),
            work -> thread(work, "freshet-admin-waiting"));

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

    private static Thread thread(Runnable work, String name) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    private void handle(HttpExchange exchange, Map<String, Page> pages) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Page page = pages.get(path);
        if (page == null || !page.waits()) {
            answer(exchange, () -> answer(exchange, path, page, pages));
            return;
        }
        try {
            waiting.execute(() -> answerLater(exchange, () -> answer(exchange, path, page, pages)));
        } catch (RejectedExecutionException e) {
            answer(exchange, () -> Answer.text(503, "too many requests wait already; ask again later\n"));
        }
    }

    private static void answerLater(HttpExchange exchange, Supplier<Answer> answer) {
        try {
            answer(exchange, answer);
        } catch (IOException e) {
            LOG.debug("nobody waits for {} any more", exchange.getRequestURI().getPath(), e);
        }
    }

    private static void answer(HttpExchange exchange, Supplier<Answer> answer) throws IOException {
        try (exchange) {
            send(exchange, answer.get());
        }
    }

    private static Answer answer(HttpExchange exchange, String path, Page page, Map<String, Page> pages) {
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
        waiting.shutdownNow();
    }
}
