// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol.model;

/** Guards that nobody misses as long as the others stand: two locks on one door. */
enum Spare {
    FILL_IS_COVERED(Scenario.NARROWED),
    FENCE_AT_THE_TOKENS_TIME(Scenario.CLOCKS),
    STRICT_CLOCK(Scenario.CLOCKS),
    SET_IS_OLDER(Scenario.CLOCKS),
    BEGIN_UNLINKS_UNLISTED(Scenario.MEMORY),
    ENTRY_BEFORE_TAGS(Scenario.MEMORY),
    EVICT_BEFORE_ACKNOWLEDGE(Scenario.CRASHES),
    PUBLISH_BEFORE_ACKNOWLEDGE(Scenario.CRASHES);

    final Scenario scenario;

    Spare(Scenario scenario) {
        this.scenario = scenario;
    }

    Protocol protocol() {
        return Protocol.without(Guard.valueOf(name()));
    }
}
