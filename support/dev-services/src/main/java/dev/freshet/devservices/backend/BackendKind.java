// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.backend;

/** Where a server runs. */
public enum BackendKind {
    /** In a container, by Testcontainers. */
    DOCKER,
    /** As a process on this machine, from the binaries on the class path. */
    LOCAL
}
