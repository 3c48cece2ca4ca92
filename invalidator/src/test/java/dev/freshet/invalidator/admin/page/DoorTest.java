// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.admin.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.invalidator.admin.AdminToken;
import dev.freshet.invalidator.admin.Answer;
import dev.freshet.invalidator.admin.Caller;
import dev.freshet.support.config.secret.Secret;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DoorTest {
    private static final Caller HERE = new Caller(true, Optional.empty());
    private static final Caller ELSEWHERE = new Caller(false, Optional.empty());

    @Test
    void withoutATokenItIsOpenOnTheMachineAlone() {
        var door = new Door(new AdminToken(Optional::empty));
        assertThat(door.refusal(HERE)).isEmpty();
        assertThat(door.refusal(ELSEWHERE)).map(Answer::status).contains(403);
        assertThat(door.refusalOfFiles(ELSEWHERE)).map(Answer::status).contains(403);
        assertThat(door.refusal(new Caller(false, Optional.of(Secret.of(""))))).isPresent();
    }

    /** A proxy on this machine makes all callers look like those on it. */
    @Test
    void withATokenItIsOpenToThoseWhoKnowItAlone() {
        var token = new AtomicReference<>("right");
        var door = new Door(new AdminToken(() -> Optional.of(Secret.of(token.get()))));
        assertThat(door.refusal(HERE)).map(Answer::status).contains(401);
        assertThat(door.refusal(ELSEWHERE)).map(Answer::status).contains(401);
        assertThat(door.refusal(new Caller(false, Optional.of(Secret.of("wrong")))))
                .map(Answer::status)
                .contains(401);
        assertThat(door.refusal(new Caller(false, Optional.of(Secret.of("right")))))
                .isEmpty();
        assertThat(door.refusalOfFiles(ELSEWHERE)).as("it asks for the token").isEmpty();
        assertThat(door.refusal(ELSEWHERE).orElseThrow().body()).doesNotContain("right");

        token.set("new");
        assertThat(door.refusal(new Caller(true, Optional.of(Secret.of("right")))))
                .isPresent();
        assertThat(door.refusal(new Caller(true, Optional.of(Secret.of("new")))))
                .isEmpty();
    }
}
