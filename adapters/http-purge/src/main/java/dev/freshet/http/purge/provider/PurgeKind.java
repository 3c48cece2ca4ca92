// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.http.purge.provider;

import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The kinds of HTTP caches, with what each of them takes. */
public enum PurgeKind {
    FASTLY(
            Fastly::new,
            256,
            Integer.MAX_VALUE,
            Limits.LONGEST_KEY,
            Token.REQUIRED,
            "https://api.fastly.com/service/SERVICE_ID"),
    CLOUDFLARE(
            Cloudflare::new,
            30,
            Integer.MAX_VALUE,
            Limits.LONGEST_KEY,
            Token.REQUIRED,
            "https://api.cloudflare.com/client/v4/zones/ZONE_ID"),
    /** By its module xkey. */
    VARNISH(Varnish::new, 1000, Limits.HEADER, Limits.LONGEST_KEY, Token.OPTIONAL, "http://varnish:6081"),
    NGINX(Nginx::new, 1, Integer.MAX_VALUE, Limits.HEADER, Token.OPTIONAL, "http://nginx/purge/{key}"),
    /** A program of one's own. */
    WEBHOOK(Webhook::new, 1000, Integer.MAX_VALUE, Integer.MAX_VALUE, Token.SIGNS, "https://example.com/purge");

    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7E]+");

    private final Function<Endpoint, Provider> provider;
    private final int keys;
    private final int bytes;
    private final int longestKey;
    private final Token token;
    private final String example;

    private enum Token {
        OPTIONAL,
        REQUIRED,
        /** It is never sent. */
        SIGNS
    }

    private static final class Limits {
        /** Longer ones cannot be on any answer that is cached. */
        static final int LONGEST_KEY = 1024;
        /** What servers take of a header or a URL by default is 8 KB. */
        static final int HEADER = 7000;
    }

    PurgeKind(Function<Endpoint, Provider> provider, int keys, int bytes, int longestKey, Token token, String example) {
        this.provider = provider;
        this.keys = keys;
        this.bytes = bytes;
        this.longestKey = longestKey;
        this.token = token;
        this.example = example;
    }

    Provider at(Endpoint endpoint) {
        return provider.apply(endpoint);
    }

    /** How many keys a request may have. */
    public int mostKeys() {
        return keys;
    }

    /** How long the keys of a request may be together, with a separator each. */
    public int mostBytes() {
        return bytes;
    }

    /** How long one may be. */
    public int longestKey() {
        return longestKey;
    }

    /** The surrogate key for the name of a key or tag. */
    public String keyOf(String name) {
        return hasKeyInUrl() ? SurrogateKey.inUrl(name) : SurrogateKey.inHeader(name);
    }

    /** Whether there must be a token. */
    public boolean needsToken() {
        return token != Token.OPTIONAL;
    }

    /** Whether the token has the form that is needed. */
    public boolean isToken(String text) {
        return token == Token.SIGNS
                ? WebhookSignature.isSecret(text)
                : VISIBLE.matcher(text).matches();
    }

    /** What is expected for a token, for messages. */
    public String tokenForm() {
        return switch (this) {
            case FASTLY -> "an API token of Fastly that may purge, with no space or line break";
            case CLOUDFLARE -> "an API token of Cloudflare with the right Cache Purge, with no space or line break";
            case VARNISH, NGINX -> "what is sent as 'Authorization: Bearer', with no space or line break";
            case WEBHOOK -> "whsec_ and 24 to 64 random bytes in Base64, such as whsec_$(openssl rand -base64 32)";
        };
    }

    /** Whether the token is sent with each request. */
    boolean sendsToken() {
        return token == Token.REQUIRED;
    }

    /** Whether the URL has a place for the key. */
    boolean hasKeyInUrl() {
        return this == NGINX;
    }

    /** A URL that would do, for messages. */
    String example() {
        return example;
    }

    /** Whether a path names what is purged. */
    boolean isPath(String path) {
        return switch (this) {
            case FASTLY -> path.matches(".*/service/[^/]+");
            case CLOUDFLARE -> path.matches(".*/zones/[^/]+");
            case VARNISH, NGINX, WEBHOOK -> true;
        };
    }

    /** As spelled on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
