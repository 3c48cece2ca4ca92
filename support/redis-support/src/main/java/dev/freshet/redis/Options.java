// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.EpollProvider;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The options for Lettuce: nothing waits for a connection, every command has a timeout, and dead peers are detected.
 */
final class Options {
    static final Duration RETRY = Duration.ofSeconds(1);

    private static final Duration DEAD_PEER = Duration.ofSeconds(5);
    private static final Duration TOPOLOGY_REFRESH = Duration.ofSeconds(5);
    private static final Duration BETWEEN_REFRESHES = Duration.ofMillis(500);

    private Options() {}

    static ClientResources resources() {
        return ClientResources.builder()
                // The default backs off up to 30 s: reads would go without a cache that long after Redis is back.
                .reconnectDelay(Delay.equalJitter(Duration.ofMillis(20), RETRY, 2, TimeUnit.MILLISECONDS))
                .build();
    }

    static ClientOptions of(LinkSettings settings) {
        return common(ClientOptions.builder(), settings).build();
    }

    static ClusterClientOptions ofCluster(LinkSettings settings) {
        var options = ClusterClientOptions.builder();
        common(options, settings);
        return options
                // A redirect to a new node is followed at once, before the topology is read again.
                .validateClusterNodeMembership(false)
                .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                        .enablePeriodicRefresh(TOPOLOGY_REFRESH)
                        .adaptiveRefreshTriggersTimeout(BETWEEN_REFRESHES)
                        .build())
                .build();
    }

    private static <B extends ClientOptions.Builder> B common(B options, LinkSettings settings) {
        options.autoReconnect(true)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(settings.requestQueueSize())
                .timeoutOptions(TimeoutOptions.enabled(settings.commandTimeout()))
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(Duration.ofSeconds(2))
                        .keepAlive(SocketOptions.KeepAliveOptions.builder()
                                .enable()
                                .idle(DEAD_PEER)
                                .interval(Duration.ofSeconds(1))
                                .count(3)
                                .build())
                        .tcpUserTimeout(SocketOptions.TcpUserTimeoutOptions.builder()
                                .enable(EpollProvider.isAvailable())
                                .tcpUserTimeout(DEAD_PEER)
                                .build())
                        .build());
        return options;
    }
}
