// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis;

import io.lettuce.core.RedisURI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where Redis is and who we are there. Immutable. Never printed with its password, not even by the exception that says
 * what is wrong with it.
 */
public final class RedisAddress {
    private static final String EXPECTED = "redis://host:port, redis-sentinel://host:port,host:port#master's-name or "
            + "redis-cluster://host:port,host:port; rediss…:// with TLS";
    private static final Pattern SERVER = Pattern.compile("(\\[[^\\]]+\\]|[^:\\[\\]]+)(?::([0-9]{1,5}))?");
    private static final int USUAL_PORT = 6379;

    private final Topology topology;
    private final String uri;
    private final String user;
    private final CharSequence password;

    private RedisAddress(Topology topology, String uri, String user, CharSequence password) {
        this.topology = topology;
        this.uri = uri;
        this.user = user;
        this.password = password;
    }

    /**
     * Understands
     *
     * <ul>
     *   <li>{@code redis://[user:password@]host[:port][/database]}
     *   <li>{@code redis-sentinel://[user:password@]host[:port],…[/database]#master's-name}, the hosts being Sentinels and
     *       the user one of the servers they watch
     *   <li>{@code redis-cluster://[user:password@]host[:port],…}, the hosts being some nodes, of which one must answer
     * </ul>
     *
     * and the same with {@code rediss} in place of {@code redis}, for TLS.
     *
     * @throws IllegalArgumentException if it is none of these; the message does not repeat it
     */
    public static RedisAddress parse(String uri) {
        int colon = uri.indexOf("://");
        String scheme = colon < 0 ? "" : uri.substring(0, colon);
        var topology = switch (scheme) {
            case "redis", "rediss" -> Topology.STANDALONE;
            case "redis-sentinel", "rediss-sentinel" -> Topology.SENTINEL;
            case "redis-cluster", "rediss-cluster" -> Topology.CLUSTER;
            default ->
                throw new IllegalArgumentException("the address of Redis begins with "
                        + (scheme.isEmpty() ? "no scheme" : "another scheme") + ", expected " + EXPECTED);
        };
        var address = new RedisAddress(topology, uri, null, null);
        address.uris("parse", Duration.ofSeconds(1));
        return address;
    }

    /**
     * The same place as somebody else.
     *
     * @param user of the ACL; null for the default user
     */
    public RedisAddress as(String user, CharSequence password) {
        return new RedisAddress(topology, uri, user, password);
    }

    public Topology topology() {
        return topology;
    }

    /** For Lettuce: one, but for a Cluster one for each node that was named. */
    List<RedisURI> uris(String clientName, Duration timeout) {
        var uris = topology == Topology.CLUSTER ? nodes() : List.of(one());
        for (var one : uris) {
            one.setClientName(clientName);
            one.setTimeout(timeout);
            for (var sentinel : one.getSentinels()) {
                sentinel.setClientName(clientName);
                sentinel.setTimeout(timeout);
                sentinel.setSsl(one.isSsl());
            }
            if (password != null && user != null) {
                one.setAuthentication(user, password);
            } else if (password != null) {
                one.setAuthentication(password);
            }
        }
        return uris;
    }

    private RedisURI one() {
        String hash = uri.indexOf('#') < 0 ? "" : uri.substring(uri.indexOf('#') + 1);
        if (topology == Topology.SENTINEL && hash.isEmpty()) {
            throw new IllegalArgumentException(
                    "the address of Redis does not name the master that the Sentinels watch, expected "
                            + "redis-sentinel://host:port,host:port#master's-name");
        }
        if (servers().size() > 1 && topology == Topology.STANDALONE) {
            throw new IllegalArgumentException("the address of Redis names several servers, expected " + EXPECTED);
        }
        try {
            return RedisURI.create(uri);
        } catch (IllegalArgumentException e) {
            // Without the cause, which may tell the password.
            throw new IllegalArgumentException("the address of Redis cannot be understood, expected " + EXPECTED);
        }
    }

    private List<RedisURI> nodes() {
        if (!uri.substring(uri.indexOf("://") + 3).matches("[^/?#]*/?")) {
            throw new IllegalArgumentException("the address of Redis says more than where the nodes of a Cluster are, "
                    + "expected redis-cluster://host:port,host:port (a Cluster has no databases)");
        }
        return servers();
    }

    /** What stands between the slashes, with the user for each. */
    private List<RedisURI> servers() {
        String authority = uri.substring(uri.indexOf("://") + 3).split("[/?#]", 2)[0];
        int at = authority.lastIndexOf('@');
        return Arrays.stream(authority.substring(at + 1).split(",", -1))
                .map(server -> server(server, at < 0 ? null : authority.substring(0, at)))
                .toList();
    }

    private RedisURI server(String server, String credentials) {
        var parts = SERVER.matcher(server);
        int port = !parts.matches() ? -1 : parts.group(2) == null ? USUAL_PORT : Integer.parseInt(parts.group(2));
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException(
                    "the address of Redis names a server that is neither host nor host:port, expected " + EXPECTED);
        }
        var builder = RedisURI.builder()
                .withHost(parts.group(1).replaceAll("[\\[\\]]", ""))
                .withPort(port)
                .withSsl(uri.startsWith("rediss"));
        if (credentials != null) {
            int colon = credentials.indexOf(':');
            String name = colon < 0 ? "" : decoded(credentials.substring(0, colon));
            String secret = decoded(credentials.substring(colon + 1));
            if (name.isEmpty()) {
                builder.withPassword((CharSequence) secret);
            } else {
                builder.withAuthentication(name, secret);
            }
        }
        return builder.build();
    }

    private static String decoded(String percentEncoded) {
        return URLDecoder.decode(percentEncoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Without user and password. */
    @Override
    public String toString() {
        return uri.replaceFirst("//.*@", "//").replaceFirst("\\?.*", "");
    }
}
