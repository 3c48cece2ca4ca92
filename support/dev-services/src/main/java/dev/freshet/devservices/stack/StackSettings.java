// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.stack;

import dev.freshet.devservices.PostgresOptions;
import dev.freshet.devservices.RedisOptions;
import java.nio.file.Path;
import java.util.List;

/**
 * The settings of a {@link Stack}.
 *
 * @param postgres options of PostgreSQL; its port comes from {@code ports}
 * @param redis options of Redis; its port comes from {@code ports}, users and passwords are added
 * @param sentinel whether Redis has a replica and Sentinels; its port is then any free one
 * @param javaFlags flags for the JVM of each process
 * @param mapping null: the one of the contexts
 * @param sidecar whether the invalidator is started; else somebody else evicts
 */
public record StackSettings(
        ServicePorts ports,
        PostgresOptions postgres,
        RedisOptions redis,
        boolean sentinel,
        List<String> javaFlags,
        Mapping mapping,
        boolean sidecar) {

    /**
     * A mapping for the invalidator that replaces that of the contexts.
     *
     * @param file must have the namespace of that mapping
     * @param keys pattern of the keys of its templates, which the invalidator may then unlink
     */
    public record Mapping(Path file, String keys) {}

    public StackSettings {
        javaFlags = List.copyOf(javaFlags);
    }

    /** With the invalidator. */
    public StackSettings(
            ServicePorts ports,
            PostgresOptions postgres,
            RedisOptions redis,
            boolean sentinel,
            List<String> javaFlags,
            Mapping mapping) {
        this(ports, postgres, redis, sentinel, javaFlags, mapping, true);
    }

    /** With a single Redis server, the mapping of the contexts, and the invalidator. */
    public StackSettings(ServicePorts ports, PostgresOptions postgres, RedisOptions redis, List<String> javaFlags) {
        this(ports, postgres, redis, false, javaFlags, null);
    }

    /** The same without the invalidator. */
    public StackSettings withoutSidecar() {
        return new StackSettings(ports, postgres, redis, sentinel, javaFlags, mapping, false);
    }
}
