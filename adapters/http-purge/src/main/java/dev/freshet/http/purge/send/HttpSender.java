// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.http.purge.send;

import dev.freshet.http.purge.provider.Provider;
import dev.freshet.http.purge.provider.Purge;
import java.io.ByteArrayOutputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends a purge once, and tells what came of it. Follows no redirect, as the token is for one host alone. Thread-safe. */
public final class HttpSender {
    private static final Set<Integer> PASSING = Set.of(408, 425, 429);
    private static final int MOST_BODY = 65_536;

    private final Provider provider;
    private final Duration patience;
    private final Clock clock;
    private final HttpClient client;

    /** @param patience how long to wait for a connection, and for the whole answer */
    public HttpSender(Provider provider, Duration patience, Clock clock) {
        this.provider = provider;
        this.patience = patience;
        this.clock = clock;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patience)
                .build();
    }

    /** The beginning of a body. What follows is read and dropped. */
    private static final class Head {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        synchronized void add(byte[] more) {
            bytes.write(more, 0, Math.min(more.length, MOST_BODY - bytes.size()));
        }

        synchronized String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }

    public Outcome send(Purge purge) throws InterruptedException {
        var head = new Head();
        CompletableFuture<HttpResponse<Void>> answer;
        try {
            answer = client.sendAsync(
                    provider.request(purge), BodyHandlers.ofByteArrayConsumer(part -> part.ifPresent(head::add)));
        } catch (RuntimeException e) {
            // Not its message: the JDK's quotes the header, which may be the token.
            return Outcome.lasting("no request could be made (" + e.getClass().getSimpleName()
                    + "); expected a token of the right form");
        }
        try {
            return outcome(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS), head.text());
        } catch (TimeoutException e) {
            answer.cancel(true);
            return Outcome.passing("no answer in " + patience.toMillis() + " ms");
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            return Outcome.passing(inWords(e.getCause()));
        }
    }

    private Outcome outcome(HttpResponse<Void> response, String body) {
        int status = response.statusCode();
        if (provider.accepts(status, body)) {
            return Outcome.ACCEPTED;
        }
        Duration wait = response.headers()
                .firstValue("Retry-After")
                .map(header -> RetryAfter.of(header, clock.instant()))
                .orElse(Duration.ZERO);
        boolean lasting = status < 500 && !PASSING.contains(status);
        return new Outcome("HTTP " + status + meaning(status), lasting, wait);
    }

    private static String meaning(int status) {
        return switch (status) {
            case 401, 403 -> "; expected a token that may purge";
            case 404, 405 -> "; expected the URL of the cache's purge API";
            case 429 -> ", too many requests; a smaller rate, or fewer keys, would keep to its limit";
            default ->
                status < 300
                        ? ", and the body does not say that it succeeded"
                        : status < 400 ? "; redirects are not followed, expected the URL that they lead to" : "";
        };
    }

    private static String inWords(Throwable failure) {
        if (failure instanceof HttpConnectTimeoutException) {
            return "no connection in time";
        }
        if (failure instanceof ConnectException) {
            return "cannot connect";
        }
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
