// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How to start a Redis server.
 *
 * @param preferredPort used if it is free, otherwise any free port; 0: any
 * @param password password of the default user; null: none
 * @param persistent whether the data survive a restart (an append-only file, synced at every write)
 * @param directives additional lines of redis.conf, e.g. {@code maxmemory 10mb} or
 *     {@code user reader on >s3cret ~ctx:* +get}
 */
public record RedisOptions(int preferredPort, String password, boolean persistent, List<String> directives) {

    public RedisOptions {
        directives = List.copyOf(directives);
    }

    /** Any port, no password, no persistence. */
    public static RedisOptions defaults() {
        return new RedisOptions(0, null, false, List.of());
    }

    public RedisOptions preferPort(int port) {
        return new RedisOptions(port, password, persistent, directives);
    }

    public RedisOptions withPassword(String secret) {
        return new RedisOptions(preferredPort, secret, persistent, directives);
    }

    public RedisOptions withPersistence() {
        return new RedisOptions(preferredPort, password, true, directives);
    }

    /** Adds one line to redis.conf; values with spaces must be quoted as Redis requires. */
    public RedisOptions directive(String line) {
        var more = new ArrayList<>(directives);
        more.add(line);
        return new RedisOptions(preferredPort, password, persistent, more);
    }

    /** The complete redis.conf. */
    String configuration(String bind, int port, String folder) {
        var persistence = persistent
                ? Stream.of("save \"\"", "appendonly yes", "appendfsync always")
                : Stream.of("save \"\"", "appendonly no");
        var base = Stream.of("bind " + bind, "port " + port, "dir \"" + folder + "\"", "daemonize no", "databases 16");
        var secret = password == null ? Stream.of("protected-mode no") : Stream.of("requirepass \"" + password + "\"");
        return String.join(
                        "\n",
                        Stream.of(base, persistence, secret, directives.stream())
                                .flatMap(lines -> lines)
                                .toList())
                + "\n";
    }
}
