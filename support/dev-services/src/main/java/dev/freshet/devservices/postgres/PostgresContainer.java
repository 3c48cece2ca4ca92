// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.postgres;

import dev.freshet.devservices.backend.Backend;
import dev.freshet.devservices.docker.ContainerServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** PostgreSQL in a container. */
public final class PostgresContainer {
    private static final int PORT = 5432;

    private PostgresContainer() {}

    /** The image of the chosen version. */
    public static String image() {
        return "postgres:" + PostgresVersion.chosen().orElse(PostgresVersion.NEWEST);
    }

    /**
     * Starts a server. Returns when it accepts connections.
     *
     * @param preferredPort the port of this machine, used if it is free; 0: any
     * @param settings settings of postgresql.conf
     * @param password the superuser's
     */
    public static Backend start(int preferredPort, Map<String, String> settings, String password) {
        var command = new ArrayList<>(List.of("postgres"));
        settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return ContainerServer.start(
                image(),
                PORT,
                preferredPort,
                container -> container
                        .withEnv("POSTGRES_USER", LocalPostgres.SUPERUSER)
                        .withEnv("POSTGRES_PASSWORD", password)
                        .withCommand(command.toArray(String[]::new)),
                (host, port) -> PostgresProbe.answers(host, port, password));
    }
}
