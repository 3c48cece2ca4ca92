// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** A server in a container with a fixed port on the host, so that its address stays the same after a restart. */
final class ContainerServer implements Backend {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int STOP_SECONDS = 15;
    static final String REDIS_IMAGE = "redis:7";

    private final GenericContainer<?> container;
    private final Predicate<ContainerServer> ready;
    private final int port;
    private boolean running;

    private ContainerServer(
            String image,
            int innerPort,
            int preferredPort,
            Consumer<GenericContainer<?>> setup,
            Predicate<ContainerServer> ready) {
        this.ready = ready;
        this.port = Ports.free(preferredPort);
        this.container = new GenericContainer<>(DockerImageName.parse(image));
        setup.accept(container);
        container.withCreateContainerCmdModifier(command -> {
            var hostConfig = command.getHostConfig() == null ? new HostConfig() : command.getHostConfig();
            command.withExposedPorts(ExposedPort.tcp(innerPort))
                    .withHostConfig(hostConfig.withPortBindings(PortBinding.parse(binding(innerPort))));
        });
        // Readiness is determined by our own probe, also after a restart.
        container.setWaitStrategy(new NoWait());
    }

    /** Binds to loopback only, unless the engine is on another machine. */
    private String binding(int innerPort) {
        var local = DockerClientFactory.instance().dockerHostIpAddress().matches("localhost|127\\..*");
        return (local ? "127.0.0.1:" : "") + port + ":" + innerPort;
    }

    static String postgresImage() {
        return "postgres:" + PostgresVersion.chosen().orElse(PostgresVersion.NEWEST);
    }

    static ContainerServer postgres(PostgresOptions options, String password) {
        var command = new ArrayList<>(List.of("postgres"));
        options.effective().forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        var server = new ContainerServer(
                postgresImage(),
                5432,
                options.preferredPort(),
                container -> container
                        .withEnv("POSTGRES_USER", PostgresServer.SUPERUSER)
                        .withEnv("POSTGRES_PASSWORD", password)
                        .withCommand(command.toArray(String[]::new)),
                candidate -> PostgresProbe.answers(candidate.host(), candidate.port(), password));
        server.startFirst();
        return server;
    }

    static ContainerServer redis(RedisOptions options) {
        var server = new ContainerServer(
                REDIS_IMAGE,
                6379,
                options.preferredPort(),
                container -> container
                        .withEnv("FRESHET_REDIS_CONF", options.configuration("* -::*", 6379, "/data"))
                        .withCommand(
                                "sh",
                                "-c",
                                "printf '%s' \"$FRESHET_REDIS_CONF\" > /tmp/redis.conf && exec redis-server /tmp/redis.conf"),
                candidate -> RedisProbe.answers(candidate.host(), candidate.port()));
        server.startFirst();
        return server;
    }

    private void startFirst() {
        try {
            container.start();
            awaitReady();
        } catch (RuntimeException e) {
            container.stop();
            throw e;
        }
        Teardown.remember(this);
    }

    private void awaitReady() {
        running = true;
        if (!Waiting.until(() -> ready.test(this), PATIENCE)) {
            throw new DevServicesException(
                    this + " did not answer within " + PATIENCE.toSeconds() + " s; its log ends with:\n" + logTail(15));
        }
    }

    @Override
    public BackendKind way() {
        return BackendKind.DOCKER;
    }

    @Override
    public String host() {
        return container.getHost();
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public synchronized void start() {
        if (!running) {
            container
                    .getDockerClient()
                    .startContainerCmd(container.getContainerId())
                    .exec();
            awaitReady();
        }
    }

    @Override
    public synchronized void stop() {
        if (running) {
            container
                    .getDockerClient()
                    .stopContainerCmd(container.getContainerId())
                    .withTimeout(STOP_SECONDS)
                    .exec();
            running = false;
        }
    }

    @Override
    public synchronized void kill() {
        if (running) {
            container
                    .getDockerClient()
                    .killContainerCmd(container.getContainerId())
                    .exec();
            running = false;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return running;
    }

    @Override
    public String logTail(int lines) {
        var all = container.getLogs().strip().split("\n");
        return String.join("\n", List.of(all).subList(Math.max(0, all.length - lines), all.length));
    }

    @Override
    public synchronized void close() {
        Teardown.forget(this);
        running = false;
        container.stop();
    }

    @Override
    public String toString() {
        return container.getDockerImageName() + " on " + host() + ":" + port;
    }
}
