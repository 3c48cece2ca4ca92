// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.http;

import dev.freshet.support.config.ConfigException;
import dev.freshet.support.config.ListenAddress;
import dev.freshet.support.http.auth.BearerAuth;
import dev.freshet.support.http.openapi.KnownParameters;
import dev.freshet.support.http.openapi.OpenApi;
import dev.freshet.support.http.openapi.OpenApiViewer;
import dev.freshet.support.http.operations.OperationsRoutes;
import dev.freshet.support.http.operations.RequestRecorder;
import dev.freshet.support.http.problem.JettyProblems;
import dev.freshet.support.http.request.BodyLimit;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HandlerType;
import io.javalin.json.JavalinJackson;
import io.javalin.router.Endpoint;
import io.javalin.security.Roles;
import io.javalin.util.JavalinBindException;
import io.javalin.util.JavalinLogger;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;

/**
 * A running HTTP server with the parts that writer and reader share: tokens, problems, health, metrics, limits. Closing
 * it waits for requests in flight, for up to ten seconds.
 */
public final class HttpService implements AutoCloseable {
    private static final long STOP_TIMEOUT_MILLIS = 10_000;

    private final HttpServiceConfig config;
    private final Javalin javalin;
    private final String url;

    private HttpService(HttpServiceConfig config) {
        this.config = config;
        this.javalin = start(Javalin.create(this::configure), config);
        var host = config.host().indexOf(':') < 0 ? config.host() : "[" + config.host() + "]";
        this.url = "http://" + host + ":" + javalin.port();
    }

    /**
     * Starts listening.
     *
     * @throws ConfigException if it cannot listen on the address
     */
    public static HttpService start(HttpServiceConfig config) {
        try {
            return new HttpService(config);
        } catch (JavalinBindException e) {
            throw address(config.host(), config.port()).refused();
        }
    }

    /** Suppresses Javalin's log of a failed start: the caller gets the failure as an exception and reports it. */
    private static Javalin start(Javalin javalin, HttpServiceConfig config) {
        boolean enabled = JavalinLogger.enabled;
        JavalinLogger.enabled = false;
        try {
            return javalin.start(config.host(), config.port());
        } finally {
            JavalinLogger.enabled = enabled;
        }
    }

    static ListenAddress address(String host, int port) {
        return new ListenAddress("FRESHET_HOST", "FRESHET_PORT", host, port);
    }

    /** The URL of the server, such as {@code http://127.0.0.1:8081}. */
    public String url() {
        return url;
    }

    /**
     * Prints the line that says that the process is up, and does not return. On SIGTERM or Ctrl-C, this service is
     * closed first, then the others in their order.
     */
    public void serve(AutoCloseable... closedAfterwards) throws InterruptedException {
        Shutdown.closeAtExit(this, closedAfterwards);
        System.out.println("freshet " + config.process() + " listening on " + url);
        System.out.flush();
        new CountDownLatch(1).await();
    }

    /**
     * Each registered operation except HEAD, such as {@code GET /v1/projects/{id}}; to be compared with
     * {@link OpenApi}.
     */
    public Set<String> operations() {
        var operations = new TreeSet<String>();
        for (var handler : javalin.unsafe.internalRouter.allHttpHandlers()) {
            var method = handler.endpoint.method;
            if (method.isHttpMethod() && !method.equals(HandlerType.HEAD)) {
                operations.add(method.name() + " " + handler.endpoint.path);
            }
        }
        return operations;
    }

    @Override
    public void close() {
        javalin.stop();
    }

    private void configure(JavalinConfig javalinConfig) {
        javalinConfig.startup.showJavalinBanner = false;
        javalinConfig.startup.showOldJavalinVersionWarning = false;
        javalinConfig.startup.startupWatcherEnabled = false;
        javalinConfig.http.prefer405over404 = true;
        javalinConfig.http.maxRequestSize = BodyLimit.LARGEST;
        javalinConfig.jsonMapper(new JavalinJackson(config.json(), false));
        javalinConfig.jetty.modifyServer(HttpService::limit);
        javalinConfig.jetty.modifyHttpConfiguration(HttpService::saysLittle);
        javalinConfig.requestLogger.http(new RequestRecorder(config.metrics())::record);
        var routes = javalinConfig.routes;
        routes.before(SecurityHeaders::add);
        routes.beforeMatched(new BearerAuth(config.tokens())::authenticate);
        routes.beforeMatched(BodyLimit::check);
        routes.beforeMatched(new KnownParameters(config.openApi())::check);
        ProblemResponses.register(routes, config.json(), config.openApi());
        new OperationsRoutes(config.readiness(), config.metrics(), config.openApi()).register(routes);
        OpenApiViewer.register(routes);
        config.routes().accept(routes);
        answerHeadLikeGet(javalinConfig);
    }

    /** By default, Javalin answers HEAD with 200 wherever a GET route matches, even if GET would return 404. */
    private static void answerHeadLikeGet(JavalinConfig javalinConfig) {
        for (var parsed : List.copyOf(javalinConfig.unsafe.internalRouter.allHttpHandlers())) {
            var get = parsed.endpoint;
            if (get.method.equals(HandlerType.GET)) {
                var roles = get.metadata(Roles.class);
                var head = Endpoint.create(HandlerType.HEAD, get.path);
                javalinConfig.routes.addEndpoint((roles == null ? head : head.addMetadata(roles)).handler(get.handler));
            }
        }
    }

    private static void limit(Server server) {
        server.setStopTimeout(STOP_TIMEOUT_MILLIS);
        server.setErrorHandler(new JettyProblems());
        server.setHandler(new GracefulHandler());
    }

    private static void saysLittle(HttpConfiguration http) {
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
    }
}
