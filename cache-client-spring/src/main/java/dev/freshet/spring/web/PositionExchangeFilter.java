// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.web;

import dev.freshet.spring.FreshetSession;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import reactor.core.publisher.Mono;

/**
 * Sends the position of the session of the subscribing thread to another service, and learns the position that the
 * service answers. For {@code WebClient}. Use it only for your own services on the same database. Thread-safe.
 */
public final class PositionExchangeFilter implements ExchangeFilterFunction {
    @Override
    public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
        var session = FreshetSession.current();
        if (session.isEmpty()) {
            return next.exchange(request);
        }
        boolean given = request.headers().getFirst(Headers.POSITION) != null
                || request.headers().getFirst(Headers.CONSISTENCY) != null;
        var sent = session.get()
                .latest()
                .filter(position -> !given)
                .map(position -> ClientRequest.from(request)
                        .header(Headers.POSITION, position.toString())
                        .build())
                .orElse(request);
        return next.exchange(sent)
                .doOnNext(response -> PositionInterceptor.learn(
                        session.get(), response.headers().asHttpHeaders().getFirst(Headers.POSITION)));
    }
}
