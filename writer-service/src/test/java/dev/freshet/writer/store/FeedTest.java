// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.writer.Api;
import dev.freshet.writer.db.MigratedSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@WithPostgres(template = MigratedSchema.class)
class FeedTest {
    private static Api api;
    private static TestDatabase app;

    @BeforeAll
    static void start(TestDatabase database) {
        api = Api.start(database);
        app = MigratedSchema.as(database, "freshet_app");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    /** Follows a feed as a client does. */
    private static final class Follower {
        private final Api.Client client;
        private final int limit;
        private final List<String> seen = new ArrayList<>();
        private long last;

        Follower(Api.Client client, int limit) {
            this.client = client;
            this.limit = limit;
        }

        List<String> follow() {
            JsonNode page;
            do {
                page = client.get("/v1/events?limit=" + limit + "&after=" + last)
                        .json();
                for (var event : page.get("items")) {
                    last = event.get("position").longValue();
                    seen.add(event.get("level").textValue() + event.get("id").asText() + " "
                            + event.get("type").textValue());
                }
            } while (!page.get("next").isNull());
            return seen;
        }
    }

    private static Connection open() throws SQLException {
        var connection = app.connect();
        connection.setAutoCommit(false);
        return connection;
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void anEventThatCommitsLateIsNotSkipped() throws SQLException {
        var ann = api.as("ann");
        ann.put("/v1/global", "{}");
        var follower = new Follower(ann, 50);
        assertThat(follower.follow()).containsExactly("globalann Created");
        try (var slow = open()) {
            run(slow, "insert into freshet.project_context (id, user_id) values (1001, 'ann')");
            app.execute("insert into freshet.project_context (id, user_id) values (1002, 'ann')");
            assertThat(follower.follow()).hasSize(1);
            slow.commit();
        }
        assertThat(follower.follow())
                .containsExactly("globalann Created", "project1001 Created", "project1002 Created");
    }

    @Test
    void anOlderTransactionWithALaterPositionHidesNothing() throws SQLException {
        var bob = api.as("bob");
        bob.put("/v1/global", "{}");
        var follower = new Follower(bob, 50);
        follower.follow();
        try (var older = open();
                var younger = open()) {
            run(older, "select pg_current_xact_id()");
            run(younger, "insert into freshet.project_context (id, user_id) values (2001, 'bob')");
            run(older, "insert into freshet.project_context (id, user_id) values (2002, 'bob')");
            older.commit();
            // Its position is the later one; whoever went on from there by position would miss the other.
            assertThat(follower.follow()).containsExactly("globalbob Created", "project2002 Created");
            younger.commit();
        }
        assertThat(follower.follow())
                .containsExactly("globalbob Created", "project2002 Created", "project2001 Created");
    }

    @Test
    void pagesJoinWithoutGapsOrRepeats() {
        var cid = api.as("cid");
        long branch = cid.branch(cid.project("p"), "b");
        for (int i = 0; i < 7; i++) {
            cid.task(branch, "t");
        }
        var all = new Follower(cid, 200).follow();
        assertThat(all).hasSize(10).doesNotHaveDuplicates();
        assertThat(new Follower(cid, 3).follow()).isEqualTo(all);
        assertThat(new Follower(cid, 1).follow()).isEqualTo(all);
    }

    @Test
    void aPageEndsBeforeItIsTooLarge() {
        var dora = api.as("dora");
        var path = "/v1/projects/" + dora.project("p");
        for (int i = 0; i < 7; i++) {
            dora.patch(path, "{\"document\":{\"a\":\"" + (i + "x".repeat(1_000_000)) + "\"}}");
        }
        var page = dora.get(path + "/history").json();
        assertThat(page.get("items")).hasSize(5);
        assertThat(dora.get(path + "/history?after=" + page.get("next").longValue())
                        .json()
                        .get("items"))
                .hasSize(3);
    }
}
