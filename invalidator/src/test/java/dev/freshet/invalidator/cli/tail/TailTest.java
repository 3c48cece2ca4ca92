// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.tail;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.freshet.invalidator.cli.recent.AdminPort;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.parse.MappingParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Follows a page that answers as an invalidator does. */
@Tag("memory")
class TailTest {
    private static final Mapping MAPPING = MappingParser.parse("m.yaml", new StringReader("""
            freshet: 1
            entities:
              org:
                table: org
                id: id
                tags: true
                keys: [ "org:{id}" ]
              member:
                table: member
                id: id
                references: { org: org_id }
                keys:
                  - profile:{id}
                  - org:{org.id}:{id}
            """));

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final RuleBook rules = new RuleBook(MAPPING);
    private final List<String> transactions = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private volatile int polls;
    /** What happens after the page was asked so often. */
    private volatile int eventAfter = Integer.MAX_VALUE;

    private volatile Runnable event = () -> {};

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/recent", exchange -> {
            long after = Long.parseLong(exchange.getRequestURI().getQuery().replaceFirst(".*after=(\\d+).*", "$1"));
            String list = transactions.stream().skip(after).collect(Collectors.joining(","));
            byte[] body = ("{\"newest\":" + transactions.size() + ",\"next\":0,\"transactions\":[" + list + "]}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            try (exchange) {
                exchange.getResponseBody().write(body);
            }
            if (++polls == eventAfter) {
                event.run();
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void add(int number, String table, String... evictions) {
        transactions.add("{\"number\":" + number + ",\"txId\":" + (700 + number)
                + ",\"position\":\"0/A\",\"evictedAt\":\"then\",\"latencyMicros\":2100,\"rows\":1,\"changes\":[{\"table\":\""
                + table + "\",\"operation\":\"update\",\"id\":{\"id\":\"7\"},\"columns\":[\"name\"]}],\"evictions\":["
                + String.join(",", evictions) + "],\"evictionCount\":" + evictions.length + ",\"keysRemoved\":1}");
    }

    private static String eviction(String kind, String name, String table) {
        return "{\"kind\":\"" + kind + "\",\"name\":\"" + name + "\",\"reason\":\"own\",\"table\":\"" + table
                + "\",\"operation\":\"update\",\"id\":{\"id\":\"7\"}}";
    }

    private Tail tail(String table, String key, String rule, int most, long count) {
        var printer = new TailPrinter(new PrintWriter(out, true), false, most, rules);
        return new Tail(
                new AdminPort(
                        "FRESHET_ADMIN_URL",
                        "http://127.0.0.1:" + server.getAddress().getPort()),
                new TailFilter(table, key, rule, rules),
                printer,
                new PrintWriter(err, true),
                most,
                count);
    }

    @Test
    void theLastTransactionsAreShownWithTheLinesOfTheMapping() throws Exception {
        add(1, "public.org");
        add(2, "public.org", eviction("key", "org:7", "public.org"), eviction("tag", "org:7", "public.org"));
        add(3, "public.member", eviction("keys", "org:*:*", "public.member"));
        tail(null, null, null, 20, 100).last(2);
        assertThat(out.toString())
                .doesNotContain("transaction 701")
                .contains("then  transaction 702 at 0/A: 1 row, 2 evictions, 1 key removed, 2.1 ms after the commit")
                .contains("  update public.org 7 (name)")
                .contains("    key org:7    own of public.org, by org:{id}, keys of org, m.yaml:7:")
                .contains("    tag org:7    own of public.org, by tags of org, m.yaml:3:")
                .contains("    keys org:*:*    own of public.member, by org:{org.id}:{id}, keys of member, m.yaml:14:");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            public.member, -, -, 2
            member, -, -, 2
            -, org:?, -, 1
            -, profile:*, -, 2
            -, -, profile:{id}, 2
            -, -, 13, 2
            -, -, 7, 1
            -, -, org, 1
            public.org, profile:*, -, -
            """)
    void whatDoesNotPassTheFilterIsLeftOut(String table, String key, String rule, Integer shown) throws Exception {
        add(1, "public.org", eviction("key", "org:7", "public.org"), eviction("tag", "org:7", "public.org"));
        add(2, "public.member", eviction("key", "profile:7", "public.member"));
        tail(table, key, rule, 20, 100).last(10);
        List<String> told = Stream.of(1, 2)
                .filter(n -> out.toString().contains("transaction 70" + n))
                .map(n -> "" + n)
                .toList();
        assertThat(told).isEqualTo(shown == null ? List.of() : List.of("" + shown));
    }

    /** An id is whatever the application wrote. */
    @Test
    void anIdBringsNeitherControlCharactersNorLinesOfItsOwn() throws Exception {
        String id = "7\\u001b]0;title\\u0007\\nthen  transaction 999";
        add(1, "public.org", eviction("key", "org:" + id, "public.org"));
        transactions.set(0, transactions.get(0).replace("\"id\":\"7\"", "\"id\":\"" + id + "\""));
        tail(null, null, null, 20, 100).last(1);
        assertThat(out.toString())
                .contains("update public.org 7\\u001b]0;title\\u0007\\u000athen  transaction 999")
                .contains("key org:7\\u001b]0;title\\u0007\\u000athen  transaction 999")
                .doesNotContain("\u001b", "\u0007");
        assertThat(out.toString().lines()).noneMatch(line -> line.startsWith("then  transaction 999"));
    }

    /** Without types a text may stand for anything, so by its name alone a key can be of several templates. */
    @Test
    void aKeyIsOfTheTemplateThatTheInvalidatorNames() {
        var posts = new RuleBook(MappingParser.parse("p.yaml", new StringReader("""
                freshet: 1
                entities:
                  post:
                    table: post
                    id: id
                    keys:
                      - post:{id}
                      - post:{id}:{lang}
                """)));
        assertThat(posts.of(key("post:7:en", null, 0)))
                .extracting(RuleBook.Found::text)
                .containsExactly("post:{id}", "post:{id}:{lang}");
        assertThat(posts.of(key("post:7:en", "post:{id}:{lang}", 8)))
                .extracting(RuleBook.Found::told)
                .singleElement()
                .asString()
                .startsWith("post:{id}:{lang}, keys of post, p.yaml:8:");
        assertThat(posts.of(key("post:7:en", "post:{slug}", 9)))
                .extracting(RuleBook.Found::told)
                .containsExactly("post:{slug}, line 9 of the mapping that the invalidator has");
    }

    private static Told.Eviction key(String name, String template, int line) {
        return new Told.Eviction("key", null, name, "own", "public.post", template, line);
    }

    @Test
    void manyEvictionsAreCut() throws Exception {
        add(1, "public.org", eviction("key", "org:7", "public.org"), eviction("key", "org:8", "public.org"));
        tail(null, null, null, 1, 100).last(10);
        assertThat(out.toString()).contains("org:7").doesNotContain("org:8").contains("and 1 more eviction");
    }

    @Test
    void whatComesIsFollowedAlsoAfterTheInvalidatorWasStartedAnew() throws Exception {
        add(1, "public.org");
        add(2, "public.org");
        eventAfter = 4;
        event = () -> {
            transactions.clear();
            add(1, "public.member");
        };
        var tail = tail(null, null, null, 20, 2);
        tail.last(1);
        // Only the second one is shown of those, and then the first one of the new process.
        tail.follow();
        assertThat(out.toString())
                .contains("transaction 702", "update public.member 7")
                .doesNotContain("public.org 8");
        assertThat(err.toString()).contains("the invalidator was started anew");
    }

    @Test
    void anInterruptEndsIt() throws Exception {
        var main = Thread.currentThread();
        eventAfter = 2;
        event = main::interrupt;
        var tail = tail(null, null, null, 20, 100);
        org.assertj.core.api.Assertions.assertThatThrownBy(tail::follow).isInstanceOf(InterruptedException.class);
    }
}
