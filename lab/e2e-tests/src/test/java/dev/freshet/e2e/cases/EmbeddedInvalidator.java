// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.cases;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.e2e.process.Watched;
import dev.freshet.model.mapping.parse.MappingParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;

/** The invalidator of {@code freshet-test-servers}, in this JVM, as scenarios wait for it. */
record EmbeddedInvalidator(dev.freshet.test.servers.EmbeddedInvalidator invalidator) implements Watched {
    EmbeddedInvalidator(TestDatabase database, String redisUri, String slot, Duration heartbeat, String mappingFile) {
        this(started(database, redisUri, slot, heartbeat, mappingFile));
    }

    private static dev.freshet.test.servers.EmbeddedInvalidator started(
            TestDatabase database, String redisUri, String slot, Duration heartbeat, String mappingFile) {
        try {
            return new dev.freshet.test.servers.EmbeddedInvalidator(
                    database, redisUri, slot, heartbeat, MappingParser.parse(Path.of(mappingFile)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void requireAlive() {
        invalidator.requireAlive();
    }

    @Override
    public String log() {
        return invalidator.log();
    }

    @Override
    public void close() {
        invalidator.close();
    }
}
