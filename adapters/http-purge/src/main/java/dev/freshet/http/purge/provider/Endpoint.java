// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.http.purge.provider;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Where purges are sent, and by which token. Path and query of the address may hold a secret, and are never shown.
 * Thread-safe.
 */
public final class Endpoint {
    private static final String KEY = "{key}";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final PurgeKind kind;
    private final String url;
    private final Supplier<String> token;
    private final String shown;

    private Endpoint(PurgeKind kind, String url, Supplier<String> token, String shown) {
        this.kind = kind;
        this.url = url;
        this.token = token;
        this.shown = shown;
    }

    /**
     * @param token asked for with each request; null for none
     * @throws IllegalArgumentException if the address cannot be used; the message says why, and quotes none of it
     */
    public static Endpoint of(PurgeKind kind, String url, Supplier<String> token) {
        String trimmed = kind.hasKeyInUrl() ? url : url.replaceFirst("/+$", "");
        URI address = parsed(kind, kind.hasKeyInUrl() ? trimmed.replace(KEY, "key") : trimmed);
        if (kind.hasKeyInUrl() && trimmed.split("\\{key}", -1).length != 2) {
            throw wrong(kind, "does not have " + KEY + " once, in the place of the key");
        }
        if (!"http".equals(address.getScheme()) && !"https".equals(address.getScheme())) {
            throw wrong(kind, "does not begin with http:// or https://");
        }
        if (address.getHost() == null) {
            throw wrong(kind, "has no host");
        }
        if (address.getRawUserInfo() != null) {
            throw wrong(kind, "has a user or a password, which belong in the token");
        }
        if (address.getRawFragment() != null) {
            throw wrong(kind, "has a #");
        }
        if (kind.sendsToken() && "http".equals(address.getScheme()) && !LOOPBACK.contains(address.getHost())) {
            throw wrong(kind, "begins with http://, which would show the token to the network");
        }
        if (!kind.isPath(address.getRawPath()) || kind.sendsToken() && address.getRawQuery() != null) {
            throw wrong(kind, "does not name what is purged");
        }
        String shown = address.getScheme() + "://" + address.getHost()
                + (address.getPort() < 0 ? "" : ":" + address.getPort());
        return new Endpoint(kind, trimmed, token, shown);
    }

    private static URI parsed(PurgeKind kind, String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw wrong(kind, "is no URL");
        }
    }

    private static IllegalArgumentException wrong(PurgeKind kind, String what) {
        return new IllegalArgumentException(
                "the URL " + what + "; expected one such as " + kind.example() + " for " + kind);
    }

    public PurgeKind kind() {
        return kind;
    }

    /** The purge API there. */
    public Provider provider() {
        return kind.at(this);
    }

    HttpRequest.Builder to(String path) {
        return request(url + path);
    }

    HttpRequest.Builder withKey(String key) {
        return request(url.replace(KEY, key));
    }

    private static HttpRequest.Builder request(String address) {
        return HttpRequest.newBuilder(URI.create(address)).header("User-Agent", "freshet");
    }

    HttpRequest.Builder authorized(HttpRequest.Builder request) {
        return token == null ? request : request.header("Authorization", "Bearer " + secret());
    }

    /** @throws IllegalArgumentException if it has the wrong form by now; the message does not quote it */
    String secret() {
        String now = token.get();
        if (!kind.isToken(now)) {
            throw new IllegalArgumentException("the token has the wrong form");
        }
        return now;
    }

    /** Scheme, host and port. */
    @Override
    public String toString() {
        return shown;
    }
}
