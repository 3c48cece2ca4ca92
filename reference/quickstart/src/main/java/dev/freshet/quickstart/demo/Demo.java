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
    /** Null if the sidecar evicts. */
    private final KafkaSink sink;

    private TracedEvictions traced;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** @param kafka whether the sink of Kafka Connect evicts, in place of the sidecar */
    public Demo(Console console, Path folder, ServicePorts ports, boolean kafka) {
        var settings = new StackSettings(
                ports,
                PostgresOptions.defaults().set("fsync", "on").set("full_page_writes", "on"),
                // The events that the tour watches: keys set, removed, expired, evicted.
                RedisOptions.defaults().directive("notify-keyspace-events Kg$xe"),
                // C1 only: a tour takes minutes, and in that time the C2 compiler costs more than it gains.
                List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m", "-XX:+ExitOnOutOfMemoryError"));
        var progress = new Progress() {
            @Override
            public void starting(String what) {
                console.live("  starting " + what + " …");
            }

            @Override
            public void up(String what, String where) {
                console.fact(what, where);
            }
        };
        stack = new Stack(kafka ? settings.withoutSidecar() : settings, folder, progress);
        sink = kafka ? new KafkaSink(stack, folder, progress) : null;
    }

    /** Starts the stack. Returns when all of it is ready. */
    public void start() {
        stack.start();
        if (sink != null) {
            sink.startSource();
            traced = new TracedEvictions(api(TracedEvictions.USER), unawareApp(), watch());
            // Its changes make Debezium create the topics, so that the sink finds all of them.
            traced.create();
            sink.startSink();
            // Twice: a new connector evicts everything, which the tracer cannot tell from an eviction of its own.
            traced.settle();
            traced.settle();
        }
    }

    /** Whether the sink of Kafka Connect evicts. */
    public boolean isKafka() {
        return sink != null;
    }

    /** Completes when one of the processes ends unexpectedly; the exception has the message to show. */
    public CompletableFuture<StackException> broken() {
        return sink == null
                ? stack.broken()
                : CompletableFuture.anyOf(stack.broken(), sink.broken()).thenApply(StackException.class::cast);
    }

    /** The variables that {@code --env-file} writes. */
    public Map<String, String> environment() {
        var variables = new LinkedHashMap<String, String>();
        variables.put("FRESHET_JDBC_URL", stack.database().jdbcUrlWithUser());
        variables.put("FRESHET_REDIS_URL", stack.redis().uri());
        variables.put("FRESHET_MAPPING", stack.invalidatorSettings().get("FRESHET_MAPPING"));
        variables.put("FRESHET_WRITER_URL", stack.writer().address().toString());
        variables.put("FRESHET_READER_URL", stack.reader().address().toString());
        if (sink == null) {
            variables.put("FRESHET_INVALIDATOR_URL", invalidatorAddress().toString());
        }
        variables.put("FRESHET_TOKEN", token(USER));
        return variables;
    }

    public Api api(String user) {
        return new Api(http, stack.writer().address(), stack.reader().address(), user, token(user));
    }

    private String token(String user) {
        return DemoToken.of(user, stack.jwtSecret(), Duration.ofDays(1));
    }

    /** How the tour learns that a change is evicted. */
    public Evictions evictions() {
        return sink == null ? recent() : traced;
    }

    /** What the invalidator reports. There is none on Kafka. */
    public RecentFeed recent() {
        return new RecentFeed(http, invalidatorAddress());
    }

    private URI invalidatorAddress() {
        return stack.invalidator().address();
    }

    public KeyWatch watch() {
        var watch = new KeyWatch(stack.redis().uri());
        watch.ignore(TracedEvictions.USER);
        return watch;
    }

    public UnawareApp unawareApp() {
        return new UnawareApp(stack.application(), stack.database());
    }
}
