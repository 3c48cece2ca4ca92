// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.PostgresPair;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.invalidator.run.status.State;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An address that names a primary and its standby. */
@WithRedis
class SeveralHostsTest {
    private final RedisServer redis;

    SeveralHostsTest(RedisServer redis) {
        this.redis = redis;
    }

    @Test
    void theStreamFollowsThePrimaryToTheStandbyThatTookItsPlace() {
        try (var pair = PostgresPair.start();
                var run = new RunFixture(
                        pair.primary().maintenance(),
                        redis.uri(),
                        "several_hosts",
                        "jdbc:postgresql://" + pair.standby().host() + ":"
                                + pair.standby().port() + "," + pair.primary().host() + ":"
                                + pair.primary().port() + "/postgres",
                        Duration.ofSeconds(10))) {
            run.startAndStream();
            run.cache(1, 2);
            run.execute("INSERT INTO several_hosts VALUES (1, 'x')");
            run.awaitGone(1);
            assertThat(run.redis().exists(run.key(2))).isEqualTo(1);
            String epoch = run.position("epoch");
            TestDatabase promoted = pair.standby().maintenance();

            // An orderly stop: the standby has everything.
            pair.primary().stop();
            run.awaitState(State.FAILED);
            assertThat(run.supervisor().status().reason()).isNotBlank();
            pair.promote();
            run.awaitState(State.STREAMING);
            run.cache(3, 4);
            promoted.execute("INSERT INTO several_hosts VALUES (3, 'x')");
            run.awaitGone(3);
            assertThat(run.redis().exists(run.key(4))).isEqualTo(1);
            assertThat(run.position("epoch")).as("purged").isNotEqualTo(epoch);
        }
    }
}
