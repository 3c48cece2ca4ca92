// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.stack;

import java.util.ArrayList;
import java.util.List;

/** The preferred ports; a port that is taken is replaced by a free one. 0: any free port. */
public record ServicePorts(int postgres, int redis, int writer, int reader, int invalidator) {
    public static final ServicePorts USUAL = new ServicePorts(5432, 6379, 8081, 8082, 8083);

    /** Parses five numbers separated by commas, in the order of the components. */
    public static ServicePorts parse(String text) {
        List<Integer> ports = new ArrayList<>();
        for (var part : text.split(",", -1)) {
            if (!part.strip().matches("\\d{1,5}") || Integer.parseInt(part.strip()) > 65535) {
                throw new IllegalArgumentException("'" + part + "' is not a port, expected 0 to 65535");
            }
            var port = Integer.valueOf(part.strip());
            if (port > 0 && ports.contains(port)) {
                throw new IllegalArgumentException(
                        port + " is given twice, expected five different ports, or 0 for any");
            }
            ports.add(port);
        }
        if (ports.size() != 5) {
            throw new IllegalArgumentException(
                    ports.size() + " ports given, expected five: PostgreSQL, Redis, writer, reader, invalidator");
        }
        return new ServicePorts(ports.get(0), ports.get(1), ports.get(2), ports.get(3), ports.get(4));
    }
}
