// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.run;

import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what is waited for, once each. Thread-safe. */
final class Waiting {
    private static final Logger LOG = LoggerFactory.getLogger(Waiting.class);
    private static final AtomicReference<String> LAST = new AtomicReference<>("");

    private Waiting() {}

    static void tell(String why) {
        if (!LAST.getAndSet(why).equals(why)) {
            LOG.warn("an eviction of the whole namespace {}", why);
        }
    }
}
