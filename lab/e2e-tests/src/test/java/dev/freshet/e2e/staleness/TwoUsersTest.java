// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.staleness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.e2e.context.Audit;
import dev.freshet.e2e.context.RandomWrites;
import dev.freshet.e2e.context.Tree;
import dev.freshet.e2e.installation.Installation;
import dev.freshet.e2e.installation.InstallationExtension;
import dev.freshet.e2e.server.KeyEvents;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever one user writes, no key of another user changes, however similar or odd their names are. */
@ExtendWith(InstallationExtension.class)
class TwoUsersTest {
    private static final int WRITES = 60;

    private final Installation freshet;

    TwoUsersTest(Installation freshet) {
        this.freshet = freshet;
    }

    @ParameterizedTest(name = "{0} writes beside {1}")
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "ann, ann2",
                "bob:project, bob",
                "cid*, cid-and-more",
                "}:{dot, dot",
                "eve/~tag:ü%2F[a-z]?, eve/~tag:ü%2F",
                "~, ~fences",
                "日本 🦊 o'hara\\, O'Hara\\",
            })
    void touchesNoKeyOfTheOther(String writing, String resting) throws SQLException {
        try (var app = freshet.application();
                var superuser = freshet.superuser();
                var events = new KeyEvents(freshet.cache(), freshet.redis().uri())) {
            var busy = Tree.full(freshet.user(writing), app);
            var calm = Tree.full(freshet.user(resting), app);
            freshet.drain();
            warm(busy, "");
            warm(calm, "");
            var before = events.of(prefix(resting)).size();
            assertThat(before)
                    .as("events of %s while its views were cached", resting)
                    .isPositive();

            new RandomWrites(writing.hashCode(), busy.user(), app).run(WRITES);
            freshet.drain();

            assertThat(events.of(prefix(writing))).as("events of %s", writing).anyMatch(this::isEviction);
            var touched = events.of(prefix(resting));
            assertThat(touched.subList(before, touched.size()))
                    .as("what the writes of %s did to keys of %s", writing, resting)
                    .isEmpty();
            warm(calm, "hit");
            assertThat(Audit.stale(freshet.cache(), superuser))
                    .as("stale entries%n%s", freshet.logs())
                    .isEmpty();
        }
    }

    private boolean isEviction(KeyEvents.Event event) {
        return event.what().equals("del") && !event.key().contains("}:~");
    }

    private static void warm(Tree tree, String expected) {
        for (var view : tree.views()) {
            var answer = tree.user().read(view.path());
            assertThat(answer.status()).as("%s", answer).isIn(200, 404);
            assertThat(answer.cache())
                    .as("%s of %s: %s", view, tree.user().name(), answer)
                    .contains(expected);
        }
    }

    /** As specified in docs/keys-and-tags.md, computed independently of the product. */
    private static String prefix(String user) {
        var encoded = URLEncoder.encode(user, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%40", "@")
                .replace("%2B", "+");
        return "ctx:{" + encoded + "}:";
    }
}
