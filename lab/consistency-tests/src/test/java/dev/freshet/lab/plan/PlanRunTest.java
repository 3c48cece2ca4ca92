// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.lab.plan.design.DesignYaml;
import org.junit.jupiter.api.Test;

/** The short form of {@code freshet bench plan}. */
class PlanRunTest {
    private static final long SEED = Long.getLong("freshet.plan.seed", 1);
    private static final int MAPPINGS = Integer.getInteger("freshet.plan.mappings", 300);
    private static final int TRANSACTIONS = Integer.getInteger("freshet.plan.transactions", 20_000);

    @Test
    void nothingIsMissedWhateverTheMapping() throws Exception {
        var run = new PlanRun(SEED, MAPPINGS, TRANSACTIONS);
        boolean right = run.run(tried -> {});
        PlanRun.Failure failure = run.failure();
        assertThat(right).as(() -> describe(failure)).isTrue();
        assertThat(run.tried()).isGreaterThanOrEqualTo(TRANSACTIONS);
        assertThat(run.overEvictions().needed()).as("stale at all").isGreaterThan(TRANSACTIONS);
        assertThat(run.overEvictions().extra(OverEvictions.Why.OTHER))
                .as("evicted for no known cause: %s", run.report())
                .isZero();
    }

    private static String describe(PlanRun.Failure failure) {
        try {
            return "seed " + failure.seed() + "\n"
                    + DesignYaml.of(failure.episode().design())
                    + String.join("\n", CaseFile.changes(failure.episode())) + "\n"
                    + CaseFile.manner(failure.episode()) + "missed "
                    + failure.missed().stream().map(Object::toString).toList();
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }
}
