// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.demo;

import dev.freshet.devservices.PostgresOptions;
import dev.freshet.devservices.RedisOptions;
import dev.freshet.devservices.stack.DemoToken;
import dev.freshet.devservices.stack.Progress;
import dev.freshet.devservices.stack.ServicePorts;
import dev.freshet.devservices.stack.Stack;
import dev.freshet.devservices.stack.StackException;
import dev.freshet.devservices.stack.StackSettings;
import dev.freshet.quickstart.console.Console;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The running stack, and the clients that the tour uses. */
public final class Demo {
    /** The user of the tour. {@code --env-file} writes this user's token. */
    public static final String USER = "demo";

    private final Stack stack;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    public Demo(Console console, Path folder, ServicePorts ports) {
        var settings = new StackSettings(
                ports,
                PostgresOptions.defaults().set("fsync", "on").set("full_page_writes", "on"),
                // The events that the tour watches: keys set, removed, expired, evicted.
                RedisOptions.defaults().directive("notify-keyspace-events Kg$xe"),
                // C1 only: a tour takes minutes, and in that time the C2 compiler costs more than it gains.
                List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m", "-XX:+ExitOnOutOfMemoryError"));
        stack = new Stack(settings, folder, new Progress() {
            @Override
            public void starting(String what) {
                console.live("  starting " + what + " …");
            }

            @Override
            public void up(String what, String where) {
                console.fact(what, where);
            }
        });
    }

    /** Starts the stack. Returns when all of it is ready. */
    public void start() {
        stack.start();
    }

    /** Completes when one of the processes ends unexpectedly; the exception has the message to show. */
    public CompletableFuture<StackException> broken() {
        return stack.broken();
    }

    /** The variables that {@code --env-file} writes. */
    public Map<String, String> environment() {
        var variables = new LinkedHashMap<String, String>();
        variables.put("FRESHET_JDBC_URL", stack.database().jdbcUrlWithUser());
        variables.put("FRESHET_REDIS_URL", stack.redis().uri());
        variables.put("FRESHET_MAPPING", stack.auditSettings().get("FRESHET_MAPPING"));
        variables.put("FRESHET_WRITER_URL", stack.writer().address().toString());
        variables.put("FRESHET_READER_URL", stack.reader().address().toString());
        variables.put("FRESHET_INVALIDATOR_URL", invalidatorAddress().toString());
        variables.put("FRESHET_TOKEN", token(USER));
        return variables;
    }

    public Api api(String user) {
        return new Api(http, stack.writer().address(), stack.reader().address(), user, token(user));
    }

    private String token(String user) {
        return DemoToken.of(user, stack.jwtSecret(), Duration.ofDays(1));
    }

    public RecentFeed recent() {
        return new RecentFeed(http, invalidatorAddress());
    }

    private URI invalidatorAddress() {
        return stack.invalidator().address();
    }

    public KeyWatch watch() {
        return new KeyWatch(stack.redis().uri());
    }

    public UnawareApp unawareApp() {
        return new UnawareApp(stack.application(), stack.database());
    }
}
