// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.docker;

import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;

/** Does not wait; the caller waits for the server. */
final class NoWaitStrategy extends AbstractWaitStrategy {
    @Override
    protected void waitUntilReady() {
        // Nothing to do: the caller probes the server itself.
    }
}
