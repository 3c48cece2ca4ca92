// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.docs;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.invalidator.InvalidatorMain;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.NestedMultiOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A folder with {@code ./freshet} in it, which runs the classes of this build, and variables that lead to test servers. */
final class Shell implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("listening on (http://\\S+)");

    private final Path folder;
    private final TestDatabase database;
    private final RedisServer redis;
    private final RawRedis raw;
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final List<Running> running = new ArrayList<>();
    private int logs;

    Shell(Path folder, TestDatabase database, RedisServer redis) throws IOException {
        this.folder = folder;
        this.database = database;
        this.redis = redis;
        this.raw = new RawRedis(redis.uri());
        Path launcher = Files.writeString(folder.resolve("freshet"), """
                #!/bin/sh
                shift
                exec '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m %s "$@"
                """.formatted(
                        Path.of(System.getProperty("java.home"), "bin", "java"), InvalidatorMain.class.getName()));
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        variables.put(
                "CLASSPATH", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        variables.put("FRESHET_JDBC_URL", database.jdbcUrl());
        variables.put("FRESHET_JDBC_USER", database.user());
        variables.put("FRESHET_JDBC_PASSWORD", database.password());
        variables.put("FRESHET_REDIS_URL", redis.uri());
        variables.put("FRESHET_ADMIN_PORT", "0");
        variables.put("FRESHET_ADMIN_TOKEN", "the token of this test");
        variables.put("FRESHET_HEARTBEAT", "200ms");
    }

    /** The output of a command that ended. */
    record Ended(String script, int code, String output) {
        /** The output. Fails if it ended with another code. */
        String expect(int expected) {
            assertThat(code).as(script + "\n" + output).isEqualTo(expected);
            return output;
        }
    }

    /** A command that runs until it is stopped. */
    record Running(Process process, Path log) {
        long pid() {
            return process.pid();
        }

        String output() {
            try {
                return Files.readString(log);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String url() {
            await().atMost(PATIENCE).until(() -> LISTENING.matcher(output()).find());
            Matcher found = LISTENING.matcher(output());
            assertThat(found.find()).isTrue();
            return found.group(1);
        }

        void stop() throws InterruptedException {
            process.destroy();
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }

    /** The same folder and Redis, with another database. */
    Shell on(TestDatabase other) throws IOException {
        return new Shell(folder, other, redis);
    }

    Shell with(String name, String value) {
        variables.put(name, value);
        return this;
    }

    /** Runs a script to its end. The output is that of both streams. */
    Ended run(String script) {
        Running one = begin("set -e\n" + script);
        try {
            assertThat(one.process().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as(script + "\n" + one.output())
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        return new Ended(script, one.process().exitValue(), one.output());
    }

    /** Starts a script whose last command runs until it is stopped. */
    Running start(String script) {
        Running one = begin(script);
        running.add(one);
        return one;
    }

    private Running begin(String script) {
        try {
            Path log = folder.resolve("log-" + database.name() + "-" + logs++);
            var builder = new ProcessBuilder("sh", "-c", script)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("FRESHET_"));
            builder.environment().putAll(variables);
            return new Running(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails if one that was started has ended by itself with a failure. */
    void requireAlive() {
        for (Running one : running) {
            assertThat(one.process().isAlive() || one.process().exitValue() == 0)
                    .as(one::output)
                    .isTrue();
        }
    }

    void set(String key) {
        raw.redis.set(key, "cached");
    }

    boolean exists(String key) {
        return raw.redis.exists(key) == 1;
    }

    String hget(String key, String field) {
        return raw.redis.hget(key, field);
    }

    static String hget(RedisServer server, String key, String field) {
        try (var other = new RawRedis(server.uri())) {
            return other.redis.hget(key, field);
        }
    }

    /** Sends commands as they stand. Returns what they answer. */
    String redis(List<String> commands) {
        var answers = new StringBuilder();
        for (String command : commands) {
            String[] words = command.split(" ");
            var arguments = new CommandArgs<>(StringCodec.UTF8);
            for (int i = 1; i < words.length; i++) {
                arguments.add(words[i]);
            }
            answers.append(
                    raw.redis.dispatch(new Keyword(words[0]), new NestedMultiOutput<>(StringCodec.UTF8), arguments));
        }
        return answers.toString();
    }

    private record Keyword(String word) implements ProtocolKeyword {
        @Override
        public byte[] getBytes() {
            return word.getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /** The first column of a query. */
    List<String> column(String sql) {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var values = new ArrayList<String>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        for (Running one : running) {
            try {
                one.process().destroyForcibly().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        raw.close();
    }
}
