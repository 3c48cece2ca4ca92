// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis;

import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The address of Redis and the user to log in as. Immutable. The password is never printed, not even by the exception
 * for a malformed address.
 */
public final class RedisAddress {
    private final Topology topology;
    private final boolean tls;
    private final SslVerifyMode verifyPeer;
    private final List<RedisServerName> servers;
    private final int database;
    private final String master;
    private final String user;
    private final CharSequence password;
    /** Asked at each login, in place of the password; null: the password does not change. */
    private final Supplier<? extends CharSequence> rotating;

    RedisAddress(
            Topology topology,
            boolean tls,
            SslVerifyMode verifyPeer,
            List<RedisServerName> servers,
            int database,
            String master,
            String user,
            CharSequence password) {
        this(topology, tls, verifyPeer, servers, database, master, user, password, null);
    }

    private RedisAddress(
            Topology topology,
            boolean tls,
            SslVerifyMode verifyPeer,
            List<RedisServerName> servers,
            int database,
            String master,
            String user,
            CharSequence password,
            Supplier<? extends CharSequence> rotating) {
        this.topology = topology;
        this.tls = tls;
        this.verifyPeer = verifyPeer;
        this.servers = servers;
        this.database = database;
        this.master = master;
        this.user = user;
        this.password = password;
        this.rotating = rotating;
    }

    /**
     * Parses an address of one of these forms:
     *
     * <ul>
     *   <li>{@code redis://[[user][:password]@]host[:port][/database]}
     *   <li>{@code redis-sentinel://[[user][:password]@]host[:port],…[/database]#master's-name}, where the hosts are
     *       Sentinels and the user is a user of the servers they watch
     *   <li>{@code redis-cluster://[[user][:password]@]host[:port],…}, where the hosts are some of the nodes, of which
     *       one must answer
     * </ul>
     *
     * or the same with {@code rediss} in place of {@code redis}, for TLS. A name alone before the {@code @} is the
     * user; its password must then be given by {@link #as}.
     *
     * @throws IllegalArgumentException if it has none of these forms; the message does not repeat it
     */
    public static RedisAddress parse(String uri) {
        return new RedisAddressParser(uri).parse();
    }

    /**
     * Parses an address and sets a password that comes from elsewhere. The user is the one in the address.
     *
     * @param password takes precedence over the one in the address; null: as in the address
     * @throws IllegalArgumentException as {@link #parse}, and if there is a user without a password
     */
    public static RedisAddress of(String uri, CharSequence password) {
        var address = parse(uri);
        return (password == null ? address : address.as(null, password)).requirePassword();
    }

    /**
     * The same address with another password and, if given, another user.
     *
     * @param user of the ACL; null: the user in the address, or else the default user
     */
    public RedisAddress as(String user, CharSequence password) {
        return new RedisAddress(
                topology,
                tls,
                verifyPeer,
                servers,
                database,
                master,
                user == null ? this.user : user,
                Objects.requireNonNull(password, "password"));
    }

    /**
     * The same address with a password that may change. The user stays.
     *
     * @param rotating asked at each login, also when a connection is made anew; must not block for long
     */
    public RedisAddress rotating(Supplier<? extends CharSequence> rotating) {
        return new RedisAddress(topology, tls, verifyPeer, servers, database, master, user, rotating.get(), rotating);
    }

    /** Rejects a user without a password: the login would be as the default user, who may have more rights, or none. */
    RedisAddress requirePassword() {
        if (user != null && password == null) {
            // The user is not repeated: it may be a password whose colon is missing.
            throw new IllegalArgumentException("the address of Redis names a user, and there is no password for it;"
                    + " expected FRESHET_REDIS_PASSWORD, or user:password@host in the address (user:@host for a user that"
                    + " needs none, :password@host for the default user)");
        }
        return this;
    }

    public Topology topology() {
        return topology;
    }

    /** Whether it says a password itself. */
    public boolean hasPassword() {
        return password != null;
    }

    /** The user to log in as; null: the default user. */
    public String user() {
        return user;
    }

    /** The URIs for Lettuce: in a Cluster one per node that was named, otherwise just one. */
    public List<RedisURI> uris(String clientName, Duration timeout) {
        var uris = topology == Topology.SENTINEL
                ? List.of(sentinels())
                : servers.stream().map(this::server).toList();
        for (var uri : uris) {
            settle(uri, clientName, timeout);
            uri.setDatabase(database);
            // Not setAuthentication, which Lettuce 6 does not have: Spring Boot 3.5 and 4.0 bring that one.
            if (rotating != null) {
                uri.setCredentialsProvider(
                        RedisCredentialsProvider.from(() -> RedisCredentials.just(user, rotating.get())));
            } else if (password != null) {
                uri.setCredentialsProvider(RedisCredentialsProvider.from(() -> RedisCredentials.just(user, password)));
            }
        }
        return uris;
    }

    private RedisURI server(RedisServerName server) {
        return RedisURI.builder()
                .withHost(server.host())
                .withPort(server.port())
                .build();
    }

    private RedisURI sentinels() {
        var first = servers.get(0);
        var builder = RedisURI.Builder.sentinel(first.host(), first.port(), master);
        servers.stream().skip(1).forEach(next -> builder.withSentinel(next.host(), next.port()));
        return builder.build();
    }

    private void settle(RedisURI uri, String clientName, Duration timeout) {
        uri.setSsl(tls);
        uri.setVerifyPeer(verifyPeer);
        uri.setClientName(clientName);
        uri.setTimeout(timeout);
        uri.getSentinels().forEach(sentinel -> settle(sentinel, clientName, timeout));
    }

    /** Without user and password. */
    @Override
    public String toString() {
        var text = new StringBuilder(tls ? "rediss" : "redis")
                .append(
                        switch (topology) {
                            case STANDALONE -> "";
                            case SENTINEL -> "-sentinel";
                            case CLUSTER -> "-cluster";
                        })
                .append("://")
                .append(String.join(
                        ",", servers.stream().map(RedisServerName::toString).toList()));
        if (database != 0) {
            text.append('/').append(database);
        }
        return master == null
                ? text.toString()
                : text.append('#').append(master).toString();
    }
}
