// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.pipeline;

import java.io.IOException;

/** Takes failures of the network for passing, and all others for lasting. */
final class TestFailures implements FailureKinds {
    @Override
    public boolean isPassing(Throwable failure) {
        return failure.getCause() instanceof IOException;
    }

    @Override
    public String inWords(Throwable failure) {
        return failure.getMessage();
    }
}
