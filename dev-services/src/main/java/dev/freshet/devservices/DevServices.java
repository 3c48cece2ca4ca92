// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices;

import java.util.Locale;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/**
 * Decides, once per JVM, how servers are started here. {@code FRESHET_DEV_SERVICES=docker} or {@code local} decides it
 * beforehand. Safe for many threads.
 */
public final class DevServices {
    private static final String CHOICE = "FRESHET_DEV_SERVICES";

    private static EnvironmentReport report;

    private DevServices() {}

    /** Which way was taken; asks for a Docker engine (at most about two seconds) if nobody has yet. */
    public static synchronized EnvironmentReport report() {
        if (report == null) {
            report = decide(System.getenv(CHOICE));
        }
        return report;
    }

    private static EnvironmentReport decide(String choice) {
        if (choice != null && !choice.isBlank()) {
            return switch (choice.toLowerCase(Locale.ROOT)) {
                case "docker" -> new EnvironmentReport(Way.DOCKER, CHOICE + " says so");
                case "local" -> new EnvironmentReport(Way.LOCAL, CHOICE + " says so");
                default -> throw new DevServicesException(CHOICE + " is " + choice + ", expected docker or local");
            };
        }
        return DockerEngine.answering()
                .map(address -> new EnvironmentReport(Way.DOCKER, "a Docker engine answers at " + address))
                .orElseGet(() -> new EnvironmentReport(Way.LOCAL, "no Docker engine answers"));
    }

    /** Starts a server the way of this machine. An engine that cannot run it (no network, say) is given up for good. */
    static Backend start(Supplier<Backend> container, Supplier<Backend> local) {
        if (report().way() == Way.LOCAL) {
            return local.get();
        }
        try {
            return container.get();
        } catch (RuntimeException e) {
            if (System.getenv(CHOICE) != null) {
                throw e;
            }
            giveUpDocker(e);
            return local.get();
        }
    }

    private static synchronized void giveUpDocker(RuntimeException e) {
        report = new EnvironmentReport(Way.LOCAL, "a Docker engine answers, but did not start a container");
        LoggerFactory.getLogger(DevServices.class)
                .warn("the Docker engine did not start a container ({}); using local binaries", e.toString());
    }
}
