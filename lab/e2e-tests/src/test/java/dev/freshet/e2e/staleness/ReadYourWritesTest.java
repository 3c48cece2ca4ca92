// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.staleness;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.e2e.context.Answer;
import dev.freshet.e2e.context.User;
import dev.freshet.e2e.installation.Installation;
import dev.freshet.e2e.installation.InstallationExtension;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A program reads its own writes, whether the invalidator is fast, slow or dead. */
@ExtendWith(InstallationExtension.class)
class ReadYourWritesTest {
    private static final int WRITES = 50;

    private final Installation freshet;

    ReadYourWritesTest(Installation freshet) {
        this.freshet = freshet;
    }

    @Test
    void atThePositionOfTheWrite() {
        var user = freshet.user("session");
        var path = project(user);
        for (int i = 0; i < WRITES; i++) {
            var name = "written " + i;
            user.read(path).expect(200);
            var written = user.patch(path, Map.of("name", name)).expect(200);
            var read = session(user, path, written);
            assertThat(name(read)).isEqualTo(name);
            assertThat(read.position()).isGreaterThanOrEqualTo(written.position());
            assertThat(name(session(user, path, read))).isEqualTo(name);
        }
    }

    @Test
    void fromTheDatabaseWhileNobodyEvicts() {
        var user = freshet.user("session-without-invalidator");
        var path = project(user);
        await().atMost(PATIENCE).until(() -> user.read(path).cache().equals("hit"));
        freshet.killInvalidator();
        try {
            var written = user.patch(path, Map.of("name", "new")).expect(200);
            assertThat(name(user.read(path))).isEqualTo("old");
            var bounded = Map.of("Freshet-Consistency", "bounded; max-age=1s");
            await().atMost(PATIENCE).until(() -> name(user.read(path, bounded)).equals("new"));
            assertThat(user.read(path, bounded).cache()).isEqualTo("behind");
            var read = session(user, path, written);
            assertThat(read.cache()).isEqualTo("behind");
            assertThat(name(read)).isEqualTo("new");
        } finally {
            freshet.startInvalidator();
        }
        var written = user.patch(path, Map.of("name", "newer")).expect(200);
        await().atMost(PATIENCE)
                .until(() -> session(user, path, written).cache().equals("hit"));
        assertThat(name(session(user, path, written))).isEqualTo("newer");
    }

    private static String project(User user) {
        return "/v1/projects/"
                + user.post("/v1/projects", Map.of("name", "old")).expect(201).id();
    }

    private static Answer session(User user, String path, Answer since) {
        return user.read(path, Map.of("Freshet-Position", since.header("Freshet-Position")))
                .expect(200);
    }

    private static String name(Answer answer) {
        return answer.body().path("name").asText();
    }
}
