// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.stack;

import dev.freshet.devservices.PostgresOptions;
import dev.freshet.devservices.RedisOptions;
import java.nio.file.Path;
import java.util.List;

/**
 * How a {@link Stack} is set up.
 *
 * @param postgres its port is {@code ports}' affair
 * @param redis likewise; users and passwords are added
 * @param sentinel whether Redis has a replica and Sentinels; then its port is any free one
 * @param javaFlags of each process's virtual machine
 * @param mapping null: the built-in one
 */
public record StackSettings(
        ServicePorts ports,
        PostgresOptions postgres,
        RedisOptions redis,
        boolean sentinel,
        List<String> javaFlags,
        Mapping mapping) {

    /**
     * Another mapping for the invalidator.
     *
     * @param file it must have the namespace of the built-in one
     * @param keys pattern of the keys that its templates make, which the invalidator may then unlink
     */
    public record Mapping(Path file, String keys) {}

    public StackSettings {
        javaFlags = List.copyOf(javaFlags);
    }

    /** With one Redis server, and the built-in mapping. */
    public StackSettings(ServicePorts ports, PostgresOptions postgres, RedisOptions redis, List<String> javaFlags) {
        this(ports, postgres, redis, false, javaFlags, null);
    }
}
