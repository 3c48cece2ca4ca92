// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.admin;

import dev.freshet.invalidator.run.Invalidator;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a running invalidator can be told to do. */
public final class RunActions {
    private static final Logger LOG = LoggerFactory.getLogger(RunActions.class);
    private static final Duration USUAL = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final String FOR = "for";

    private final Invalidator invalidator;
    private final String version;
    private final AdminToken token;

    /** @param token that requests need */
    public RunActions(Invalidator invalidator, String version, AdminToken token) {
        this.invalidator = invalidator;
        this.version = version;
        this.token = token;
    }

    public Map<String, Page> pages() {
        return Map.of("/pause", new Action(token, this::pause), "/resume", new Action(token, this::resume));
    }

    private Answer pause(Query query) {
        Duration atMost = query.only(FOR).duration(FOR, USUAL);
        if (atMost.isZero() || atMost.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("for is " + atMost.toMillis() + "ms, expected 1ms to 24h");
        }
        LOG.warn("told to pause for {} s at most", atMost.toSeconds());
        invalidator.pause().begin(atMost);
        return status();
    }

    private Answer resume(Query query) {
        query.only();
        LOG.info("told to go on");
        invalidator.pause().end();
        return status();
    }

    private Answer status() {
        return Answer.json(200, StatusJson.of(invalidator, version));
    }
}
