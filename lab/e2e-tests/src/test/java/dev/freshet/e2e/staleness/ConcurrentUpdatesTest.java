// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.staleness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.e2e.context.Audit;
import dev.freshet.e2e.context.CommittedCounters;
import dev.freshet.e2e.context.Tree;
import dev.freshet.e2e.installation.Installation;
import dev.freshet.e2e.installation.InstallationExtension;
import dev.freshet.e2e.process.Background;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many writers and readers at once. */
@ExtendWith(InstallationExtension.class)
class ConcurrentUpdatesTest {
    private static final int WRITERS = 4;
    private static final int WINS_EACH = 15;
    private static final int WRITES_EACH = 60;

    private final Installation freshet;

    ConcurrentUpdatesTest(Installation freshet) {
        this.freshet = freshet;
    }

    @Test
    void exactlyOneOfTheWritersThatExpectAVersionWinsIt() throws Exception {
        var tree = tree("versions");
        var task = tree.node("T1").path();
        var won = new ConcurrentLinkedQueue<Long>();
        var lost = new AtomicInteger();
        var seen = new CommittedCounters();
        try (var background = new Background()) {
            var readers = background.repeat(() -> readOwn(tree, task, seen));
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                background.start(() -> compete(tree, task, writer, won, lost, seen));
            }
            background.awaitStarted();
            readers.stop();
        }
        assertThat(won).as("versions won").doesNotHaveDuplicates().hasSize(WRITERS * WINS_EACH);
        assertThat(lost).as("conflicts").hasPositiveValue();
        assertThat(tree.user().ask(task).expect(200).version()).isEqualTo(1 + won.size());
        assertCacheEqualsDatabase();
    }

    private void compete(
            Tree tree, String task, int writer, Queue<Long> won, AtomicInteger lost, CommittedCounters seen) {
        for (int wins = 0; wins < WINS_EACH; ) {
            var standing = tree.user().ask(task).expect(200).version();
            var answer = tree.user().patch(task, Map.of("name", "writer " + writer + " after " + standing), standing);
            if (answer.status() == 412) {
                lost.incrementAndGet();
            } else {
                won.add(answer.expect(200).version());
                seen.committed("version", answer.version(), answer.position());
                wins++;
            }
        }
    }

    private void readOwn(Tree tree, String task, CommittedCounters seen) {
        var least = seen.least(freshet.cache().position());
        var answer = tree.user().read(task).expect(200);
        least.check("version", answer.body().path("version").asLong(), answer);
    }

    @Test
    void noReaderSeesAParentOrChildOlderThanWhatWasEvictedBefore() throws Exception {
        var tree = tree("family");
        var journal = new CommittedCounters();
        var levels = List.of("G", "P1", "B1", "T1");
        try (var background = new Background()) {
            var readers = background.repeat(() -> readResolved(tree, "T1", journal));
            var others = background.repeat(() -> readResolved(tree, "B1", journal));
            for (var name : levels) {
                background.start(() -> count(tree, name, journal));
            }
            background.awaitStarted();
            readers.stop();
            others.stop();
        }
        assertCacheEqualsDatabase();
        var document =
                tree.user().read(tree.node("T1").path() + "/resolved").body().path("document");
        for (var name : levels) {
            assertThat(document.path(name).asInt()).as(name).isEqualTo(WRITES_EACH);
        }
    }

    /** Counts up, half through the API and half with plain SQL. */
    private void count(Tree tree, String name, CommittedCounters journal) throws SQLException {
        var node = tree.node(name);
        try (var app = freshet.application()) {
            for (int i = 1; i <= WRITES_EACH; i++) {
                if (i % 2 == 0) {
                    var answer = tree.user()
                            .patch(node.path(), Map.of("document", Map.of(name, i)))
                            .expect(200);
                    journal.committed(name, i, answer.position());
                } else {
                    app.execute(
                            "update %s set document = document || jsonb_build_object(?::text, ?) where %s = ?"
                                    .formatted(
                                            node.level().table(), node.level().idColumn()),
                            name,
                            i,
                            node.id());
                    journal.committed(name, i, app.position());
                }
            }
        }
    }

    private void readResolved(Tree tree, String name, CommittedCounters journal) {
        var least = journal.least(freshet.cache().position());
        var answer = tree.user().read(tree.node(name).path() + "/resolved").expect(200);
        answer.body()
                .path("document")
                .properties()
                .forEach(field -> least.check(field.getKey(), field.getValue().asLong(), answer));
    }

    private Tree tree(String user) throws SQLException {
        try (var app = freshet.application()) {
            return Tree.full(freshet.user(user), app);
        }
    }

    private void assertCacheEqualsDatabase() throws SQLException {
        freshet.drain();
        try (var superuser = freshet.superuser()) {
            assertThat(Audit.stale(freshet.cache(), superuser))
                    .as("stale entries%n%s", freshet.logs())
                    .isEmpty();
        }
    }
}
