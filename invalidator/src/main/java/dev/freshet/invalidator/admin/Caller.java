// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.admin;

import com.sun.net.httpserver.HttpExchange;
import dev.freshet.support.config.secret.Secret;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who asks.
 *
 * @param onThisMachine whether the request came over loopback, to a loopback name: a site that a browser here visits
 *     could have its own name resolve to this machine
 * @param token the bearer token that came with it, if any
 */
public record Caller(boolean onThisMachine, Optional<Secret> token) {
    private static final Pattern LOOPBACK = Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d+)?");
    private static final String BEARER = "Bearer ";

    static Caller of(HttpExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst("Host");
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        return new Caller(
                exchange.getRemoteAddress().getAddress().isLoopbackAddress()
                        && host != null
                        && LOOPBACK.matcher(host).matches(),
                Optional.ofNullable(authorization)
                        .filter(text -> text.startsWith(BEARER))
                        .map(text -> Secret.of(text.substring(BEARER.length()).strip())));
    }
}
