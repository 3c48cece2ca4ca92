// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.http;

import dev.freshet.support.config.ProcessEnd;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes resources when the process is told to stop, by SIGTERM or Ctrl-C. */
final class Shutdown {
    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

    private Shutdown() {}

    static void closeAtExit(AutoCloseable first, AutoCloseable... others) {
        ProcessEnd.onSignal(
                "shutdown",
                () -> {
                    close(first);
                    List.of(others).forEach(Shutdown::close);
                },
                0);
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LOG.warn("could not close {}", resource, e);
        }
    }
}
