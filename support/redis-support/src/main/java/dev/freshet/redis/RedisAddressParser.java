// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis;

import io.lettuce.core.SslVerifyMode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Parses the address of Redis. What stands before an {@code @}, or where one seems to be missing, may be a secret. So
 * messages repeat only text that has the form expected at its place.
 */
final class RedisAddressParser {
    private static final String EXPECTED = "redis://host:port, redis-sentinel://host:port,host:port#master's-name or "
            + "redis-cluster://host:port,host:port; rediss…:// with TLS";
    private static final Pattern SERVER = Pattern.compile("(\\[[^\\[\\]\\s]+\\]|[^:\\[\\]\\s]+)(?::([0-9]+))?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9+._-]*");
    /** Schemes that messages may repeat; any other beginning may be a secret in the wrong place. */
    private static final Set<String> FOREIGN =
            Set.of("http", "https", "tcp", "valkey", "valkeys", "redis+sentinel", "redis+cluster", "postgresql");

    private static final Set<String> SOCKETS = Set.of("unix", "redis+unix", "redis-socket", "redis+socket");
    private static final int SERVERS_PORT = 6379;
    private static final int SENTINELS_PORT = 26_379;

    private final String uri;

    RedisAddressParser(String uri) {
        this.uri = uri.strip();
    }

    RedisAddress parse() {
        if (uri.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
            throw wrong("has a space in it; one of a password is written %20");
        }
        int colon = uri.indexOf("://");
        String scheme = colon < 0 ? "" : uri.substring(0, colon).toLowerCase(Locale.ROOT);
        Topology topology = topology(scheme);
        String rest = uri.substring(colon + 3);
        int end = firstOf(rest, "/?#");
        String authority = rest.substring(0, end);
        String tail = rest.substring(end);
        if (tail.contains("@")) {
            throw wrong("has an @ after a '/', '?' or '#'; in a user or password these are written %2F, %3F and %23");
        }
        int at = authority.lastIndexOf('@');
        String credentials = at < 0 ? "" : authority.substring(0, at);
        int secret = credentials.indexOf(':');
        String user = decoded(secret < 0 ? credentials : credentials.substring(0, secret));
        CharSequence password = secret < 0 ? null : decoded(credentials.substring(secret + 1));
        if (user.isEmpty() && password != null && password.length() == 0) {
            password = null;
        }
        return new RedisAddress(
                topology,
                scheme.startsWith("rediss"),
                verifyPeer(tail),
                servers(authority.substring(at + 1), topology),
                database(tail, topology),
                master(tail, topology),
                user.isEmpty() ? null : user,
                password);
    }

    private static Topology topology(String scheme) {
        if (SOCKETS.contains(scheme)) {
            throw wrong("is that of a Unix socket, which is not supported");
        }
        return switch (scheme) {
            case "redis", "rediss" -> Topology.STANDALONE;
            case "redis-sentinel", "rediss-sentinel" -> Topology.SENTINEL;
            case "redis-cluster", "rediss-cluster" -> Topology.CLUSTER;
            default ->
                throw wrong("begins with " + (FOREIGN.contains(scheme) ? "'" + scheme + "://'" : "an unknown scheme"));
        };
    }

    private static List<RedisServerName> servers(String hosts, Topology topology) {
        var names = hosts.split(",", -1);
        if (names.length > 1 && topology == Topology.STANDALONE) {
            throw wrong("names several servers, but not whether they are Sentinels or a Cluster");
        }
        return Arrays.stream(names).map(name -> server(name, topology)).toList();
    }

    private static RedisServerName server(String text, Topology topology) {
        if (text.isEmpty()) {
            throw wrong("lacks a host");
        }
        var parts = SERVER.matcher(text);
        if (!parts.matches()) {
            throw wrong("names a server that is not host:port (an IPv6 address stands in brackets: [::1]:6379)");
        }
        String host = parts.group(1).replaceAll("[\\[\\]]", "");
        if (parts.group(2) == null) {
            return new RedisServerName(host, topology == Topology.SENTINEL ? SENTINELS_PORT : SERVERS_PORT);
        }
        String digits = parts.group(2);
        int port = digits.length() > 5 ? 0 : Integer.parseInt(digits);
        if (port < 1 || port > 65_535) {
            throw wrong("has a port that is not between 1 and 65535");
        }
        return new RedisServerName(host, port);
    }

    private static int database(String tail, Topology topology) {
        String path = tail.startsWith("/") ? tail.substring(1, firstOf(tail, "?#")) : "";
        String given = path.isEmpty() ? parameter(tail, "database") : path;
        if (given == null) {
            return 0;
        }
        if (topology == Topology.CLUSTER) {
            throw wrong("has more than the addresses of Cluster nodes; a Cluster has no databases");
        }
        if (!given.matches("[0-9]{1,6}")) {
            throw wrong("has something other than a database number after the '/'");
        }
        return Integer.parseInt(given);
    }

    private static String master(String tail, Topology topology) {
        int hash = tail.indexOf('#');
        String name = hash < 0 ? "" : decoded(tail.substring(hash + 1));
        if (topology == Topology.SENTINEL && name.isEmpty()) {
            throw wrong("does not name the master that the Sentinels watch (redis-sentinel://host:port#name)");
        }
        if (topology != Topology.SENTINEL && hash >= 0) {
            throw wrong("has a '#', which is only for the master's name with Sentinels");
        }
        return topology == Topology.SENTINEL ? name : null;
    }

    private static SslVerifyMode verifyPeer(String tail) {
        String mode = parameter(tail, "verifyPeer");
        if (mode == null) {
            return SslVerifyMode.FULL;
        }
        return Arrays.stream(SslVerifyMode.values())
                .filter(known -> known.name().equalsIgnoreCase(mode))
                .findFirst()
                .orElseThrow(() -> wrong("has a verifyPeer that is not one of FULL, CA, NONE"));
    }

    /** Null if it is not given. */
    private static String parameter(String tail, String wanted) {
        int query = tail.indexOf('?');
        String found = null;
        String all = query < 0 ? "" : tail.substring(query + 1).split("#", 2)[0];
        for (var each : all.isEmpty() ? new String[0] : all.split("&")) {
            var parts = each.split("=", 2);
            if (parts.length < 2 || !Set.of("database", "verifyPeer").contains(parts[0])) {
                throw wrong("has "
                        + (parts.length > 1 && NAME.matcher(parts[0]).matches()
                                ? "the parameter '" + parts[0] + "'"
                                : "a parameter")
                        + ", which is not known; there are database and verifyPeer");
            }
            if (parts[0].equals(wanted)) {
                found = parts[1];
            }
        }
        return found;
    }

    private static int firstOf(String text, String ends) {
        int end = 0;
        while (end < text.length() && ends.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static String decoded(String percentEncoded) {
        try {
            return URLDecoder.decode(percentEncoded.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Without the cause: its message contains the text.
            throw wrong("has a '%' that is not followed by two hexadecimal digits; a '%' itself is written %25");
        }
    }

    private static IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("the address of Redis " + what + "; expected " + EXPECTED);
    }
}
