// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.reader;

import dev.freshet.support.config.JdbcOptions;
import dev.freshet.support.config.RedisOptions;
import dev.freshet.support.http.HttpOptions;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The reader's command-line options. A picocli mixin. */
final class ReaderOptions {
    static final int DEFAULT_PORT = 8082;

    @Mixin
    JdbcOptions jdbc;

    @Mixin
    RedisOptions redis;

    @Mixin
    HttpOptions http;

    @Option(
            names = "--cache-ttl",
            defaultValue = "300s",
            paramLabel = "DURATION",
            description = "How long an answer is cached at most, such as 300s. Default: ${DEFAULT-VALUE}.")
    Duration cacheTtl;
}
