// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices;

import dev.freshet.devservices.backend.Backend;
import dev.freshet.devservices.backend.BackendKind;
import dev.freshet.devservices.backend.DevServicesException;
import dev.freshet.devservices.backend.EnvironmentReport;
import dev.freshet.devservices.docker.DockerEngine;
import dev.freshet.devservices.docker.DockerImages;
import dev.freshet.devservices.postgres.PostgresVersion;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/**
 * Decides, once per JVM, how servers are started on this machine. {@code FRESHET_DEV_SERVICES=docker} or {@code local}
 * fixes the choice. Thread-safe.
 */
public final class DevServices {
    private static final String CHOICE = "FRESHET_DEV_SERVICES";

    private static final String PULL = "FRESHET_DOCKER_PULL_SECONDS";
    private static final int USUAL_PULL_SECONDS = 60;

    private static EnvironmentReport report;
    private static String engine;

    private DevServices() {}

    /** The choice. The first call may look for a Docker engine, which takes at most about two seconds. */
    public static synchronized EnvironmentReport report() {
        if (report == null) {
            report = decide(System.getenv(CHOICE));
        }
        return report;
    }

    /**
     * Validates the variables before anything is started.
     *
     * @throws DevServicesException if one of them has an invalid value
     */
    public static void requireSettings(Map<String, String> environment) {
        choice(environment.get(CHOICE));
        pullPatience(environment.get(PULL));
        PostgresVersion.of(environment.get(PostgresVersion.VARIABLE));
    }

    private static Optional<BackendKind> choice(String choice) {
        if (choice == null || choice.isBlank()) {
            return Optional.empty();
        }
        return switch (choice.toLowerCase(Locale.ROOT)) {
            case "docker" -> Optional.of(BackendKind.DOCKER);
            case "local" -> Optional.of(BackendKind.LOCAL);
            default -> throw new DevServicesException(CHOICE + " is " + choice + ", expected docker or local");
        };
    }

    private static EnvironmentReport decide(String given) {
        Optional<BackendKind> choice = choice(given);
        if (choice.isPresent()) {
            return new EnvironmentReport(choice.get(), CHOICE + " says so");
        }
        var answering = DockerEngine.answering();
        engine = answering.orElse(null);
        return answering
                .map(address -> new EnvironmentReport(BackendKind.DOCKER, "a Docker engine answers at " + address))
                .orElseGet(() -> new EnvironmentReport(BackendKind.LOCAL, "no Docker engine answers"));
    }

    /**
     * Starts a server in the chosen way. A Docker engine that cannot run it, e.g. without a network, is not tried
     * again.
     */
    static Backend start(String image, Supplier<Backend> container, Supplier<Backend> local) {
        if (report().way() == BackendKind.LOCAL) {
            return local.get();
        }
        try {
            requireImage(image);
            return container.get();
        } catch (RuntimeException e) {
            if (System.getenv(CHOICE) != null) {
                throw e;
            }
            giveUpDocker(e);
            return local.get();
        }
    }

    /**
     * Does nothing if the choice was fixed by the variable: Testcontainers then pulls the image, without a time limit.
     */
    private static synchronized void requireImage(String image) {
        if (engine != null) {
            var images = new DockerImages(engine, pullPatience(System.getenv(PULL)));
            images.require(image);
            if (!"true".equalsIgnoreCase(System.getenv("TESTCONTAINERS_RYUK_DISABLED"))) {
                images.require(DockerImages.RYUK);
            }
        }
    }

    static Duration pullPatience(String seconds) {
        if (seconds == null || seconds.isBlank()) {
            return Duration.ofSeconds(USUAL_PULL_SECONDS);
        }
        if (!seconds.matches("[0-9]{1,5}")) {
            throw new DevServicesException(PULL + " is " + seconds + ", expected a number of seconds, such as 60");
        }
        return Duration.ofSeconds(Long.parseLong(seconds));
    }

    private static synchronized void giveUpDocker(RuntimeException e) {
        report = new EnvironmentReport(BackendKind.LOCAL, "a Docker engine answers, but did not start a container");
        String why = e instanceof DevServicesException ? e.getMessage() : "the Docker engine did not start a container";
        System.err.println("freshet: " + why + "; servers run as processes of this machine instead");
        LoggerFactory.getLogger(DevServices.class)
                .info("the Docker engine did not start a container ({}); using local binaries", e.toString());
    }
}
