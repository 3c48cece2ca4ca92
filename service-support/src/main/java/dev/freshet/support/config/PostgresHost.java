// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config;

/**
 * Where a server of PostgreSQL listens.
 *
 * @param name a name or an address, one of IPv6 in brackets
 */
public record PostgresHost(String name, int port) {
    /** As in a URL. */
    @Override
    public String toString() {
        return name + ":" + port;
    }
}
