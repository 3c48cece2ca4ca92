// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.web;

import dev.freshet.cache.WalPosition;
import dev.freshet.spring.FreshetSession;
import java.io.IOException;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Sends the position of this thread's session to another service, and learns the position that the service answers. For
 * {@code RestClient} and {@code RestTemplate}. Use it only for your own services on the same database. Thread-safe.
 */
public final class PositionInterceptor implements ClientHttpRequestInterceptor {
    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        var session = FreshetSession.current();
        if (session.isEmpty()) {
            return execution.execute(request, body);
        }
        if (request.getHeaders().getFirst(Headers.POSITION) == null
                && request.getHeaders().getFirst(Headers.CONSISTENCY) == null) {
            session.get()
                    .latest()
                    .ifPresent(position -> request.getHeaders().set(Headers.POSITION, position.toString()));
        }
        var response = execution.execute(request, body);
        learn(session.get(), response.getHeaders().getFirst(Headers.POSITION));
        return response;
    }

    /** Ignores a text that is not a position: it is of no use, but no reason to fail. */
    static void learn(FreshetSession session, String position) {
        if (position != null) {
            try {
                session.learned(WalPosition.of(position));
            } catch (IllegalArgumentException notOurs) {
                // Some other service's header.
            }
        }
    }
}
