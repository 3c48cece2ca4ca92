// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.writer;

import dev.freshet.devservices.stack.DemoToken;
import dev.freshet.lab.bench.contexts.ContextRows;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A client of the writer-service: replaces a task by PUT. */
final class ApiWrite implements Write {
    private static final Duration VALID = Duration.ofDays(1);

    private final HttpConnection http;
    private final Tokens tokens;
    private final ContextRows rows;

    /** Tokens of all users, each made once: signing is not what is measured. Thread-safe. */
    record Tokens(String secret, Map<String, String> issued) {
        Tokens(String secret) {
            this(secret, new ConcurrentHashMap<>());
        }

        String of(String user) {
            return issued.computeIfAbsent(user, one -> DemoToken.of(one, secret, VALID));
        }
    }

    ApiWrite(URI writer, Tokens tokens, ContextRows rows) throws IOException {
        this.http = new HttpConnection(writer);
        this.tokens = tokens;
        this.rows = rows;
    }

    @Override
    public void change(int task, long number) throws IOException {
        var body = "{\"name\": \"task\", \"document\": " + ContextRows.document(number) + "}";
        int status = http.put("/v1/tasks/" + task, tokens.of(rows.user(task)), body.getBytes(StandardCharsets.UTF_8));
        if (status != 200) {
            throw new IOException("PUT of task " + task + " was answered " + status);
        }
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
