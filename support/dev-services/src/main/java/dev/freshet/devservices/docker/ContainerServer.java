// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.docker;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import dev.freshet.devservices.backend.Backend;
import dev.freshet.devservices.backend.BackendKind;
import dev.freshet.devservices.backend.DevServicesException;
import dev.freshet.devservices.process.Ports;
import dev.freshet.devservices.process.Teardown;
import dev.freshet.devservices.process.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** A server in a container with a fixed port on the host, so that its address stays the same after a restart. */
public final class ContainerServer implements Backend {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int STOP_SECONDS = 15;

    private final GenericContainer<?> container;
    private final BiPredicate<String, Integer> ready;
    private final int port;
    private boolean running;

    private ContainerServer(
            String image,
            int innerPort,
            int preferredPort,
            Consumer<GenericContainer<?>> setup,
            BiPredicate<String, Integer> ready) {
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
        container.setWaitStrategy(new NoWaitStrategy());
    }

    /** Binds to loopback only, unless the engine is on another machine. */
    private String binding(int innerPort) {
        var local = DockerClientFactory.instance().dockerHostIpAddress().matches("localhost|127\\..*");
        return (local ? "127.0.0.1:" : "") + port + ":" + innerPort;
    }

    /**
     * Starts a container. Returns when the server in it responds.
     *
     * @param innerPort the port in the container
     * @param preferredPort the port of this machine, used if it is free; 0: any
     * @param setup adds what the image needs
     * @param ready whether the server at this host and port responds
     * @throws DevServicesException with the end of the log, if it does not respond in time
     */
    public static ContainerServer start(
            String image,
            int innerPort,
            int preferredPort,
            Consumer<GenericContainer<?>> setup,
            BiPredicate<String, Integer> ready) {
        var server = new ContainerServer(image, innerPort, preferredPort, setup, ready);
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
        if (!Waiting.until(() -> ready.test(host(), port), PATIENCE)) {
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
