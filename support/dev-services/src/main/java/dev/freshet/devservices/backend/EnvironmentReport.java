// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.backend;

/**
 * How servers are started on this machine, and why.
 *
 * @param way how they are started
 * @param reason one line for people to read
 */
public record EnvironmentReport(BackendKind way, String reason) {

    @Override
    public String toString() {
        return (way == BackendKind.DOCKER ? "containers" : "local binaries") + ": " + reason;
    }
}
