// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config.postgres;

/**
 * The address of a PostgreSQL server.
 *
 * @param name a name or an address; an IPv6 address is in brackets
 */
public record PostgresHost(String name, int port) {
    /** The form used in a URL. */
    @Override
    public String toString() {
        return name + ":" + port;
    }
}
