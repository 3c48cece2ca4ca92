// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.stack;

import dev.freshet.devservices.PostgresOptions;
import dev.freshet.devservices.RedisOptions;
import java.util.List;

/**
 * How a {@link Stack} is set up.
 *
 * @param postgres its port is {@code ports}' affair
 * @param redis likewise; users and passwords are added
 * @param javaFlags of each process's virtual machine
 */
public record StackSettings(ServicePorts ports, PostgresOptions postgres, RedisOptions redis, List<String> javaFlags) {

    public StackSettings {
        javaFlags = List.copyOf(javaFlags);
    }
}
