// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.writer.Api;
import dev.freshet.writer.db.MigratedSchema;
import dev.freshet.writer.rebuild.Differences;
import dev.freshet.writer.rebuild.Projections;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that no request could bring in, and that plain SQL can: the log holds them for ever. */
@WithPostgres(template = MigratedSchema.class)
class DeepDocumentTest {
    private static final String ARRAYS = "('{\"a\":' || repeat('[', 3000) || repeat(']', 3000) || '}')::jsonb";
    private static final String OBJECTS = "(repeat('{\"a\":', 3000) || '1' || repeat('}', 3000))::jsonb";
    private static final String LONG_NAME = "jsonb_build_object(repeat('n', 100000), 1)";
    private static final String LONG_NUMBER =
            "jsonb_build_object('a', -(10::numeric ^ 131071 - 1) + 10::numeric ^ -9000)";

    private static TestDatabase owner;
    private static Api api;
    private static Api.Client ann;
    private static Projections projections;
    private static long branch;

    private TestDatabase program;
    private long id;
    private String path;

    @BeforeAll
    static void start(TestDatabase database) {
        owner = database;
        api = Api.start(database);
        ann = api.as("ann");
        branch = ann.branch(ann.project("p"), "b");
        projections = new Projections(Jdbi.create(database.dataSource()));
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @BeforeEach
    void aTask() {
        program = MigratedSchema.as(owner, "freshet_app");
        id = ann.task(branch, "t");
        path = "/v1/tasks/" + id;
    }

    @AfterEach
    void theLogIsPlayedToTheSameTables() {
        assertThat(projections.verify()).allMatch(Differences::none);
    }

    private void write(String document) {
        program.execute("update freshet.task_context set document = " + document + " where id = " + id);
    }

    @ParameterizedTest
    @ValueSource(strings = {ARRAYS, OBJECTS, LONG_NAME, LONG_NUMBER})
    void isShownAsItStands(String document) throws Exception {
        write(document);
        var answer = ann.get(path);
        assertThat(answer.status()).isEqualTo(200);
        var stored = Jdbi.create(owner.dataSource())
                .withHandle(
                        handle -> handle.createQuery("select document::text from freshet.task_context where id = " + id)
                                .mapTo(String.class)
                                .one());
        assertThat(answer.raw().body()).contains("\"document\":" + stored.replace(" ", ""));
    }

    /** More levels than it takes to overflow Java's stack, and all that PostgreSQL parses with its own. */
    @Test
    void canBeAsDeepAsPostgresqlTakes() {
        int depth = 3_000;
        while (depth < 1_000_000 && takes(depth + 1_500)) {
            depth += 1_500;
        }
        assertThat(depth).isGreaterThan(5_000);
        assertThat(ann.get(path).status()).isEqualTo(200);
        assertThat(ann.get(path + "/history").status()).isEqualTo(200);
        int built = depth;
        while (built < 60_000 && wraps(1_000)) {
            built += 1_000;
        }
        assertThat(ann.get(path).status()).isEqualTo(200);
        assertThat(ann.patch(path, "{\"name\":\"renamed\"}").status()).isEqualTo(200);
        assertThat(ann.get(path + "/history").status()).isEqualTo(200);
    }

    private boolean takes(int depth) {
        return done(
                () -> write("('{\"a\":' || repeat('[', " + depth + ") || repeat(']', " + depth + ") || '}')::jsonb"));
    }

    /** Puts the document into as many arrays, without a text of it. */
    private boolean wraps(int levels) {
        return done(() -> program.execute("do $$ declare d jsonb; begin"
                + " select document -> 'a' into d from freshet.task_context where id = " + id + ";"
                + " for i in 1.." + levels + " loop d := jsonb_build_array(d); end loop;"
                + " update freshet.task_context set document = jsonb_build_object('a', d) where id = " + id
                + "; end $$"));
    }

    private static boolean done(Runnable statement) {
        try {
            statement.run();
            return true;
        } catch (RuntimeException e) {
            assertThat(e).hasStackTraceContaining("stack depth limit exceeded");
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ARRAYS, OBJECTS, LONG_NAME, LONG_NUMBER})
    void canBePatchedAndReplaced(String document) {
        write(document);
        assertThat(ann.patch(path, "{\"name\":\"renamed\"}").status()).isEqualTo(200);
        assertThat(ann.patch(path, "{\"document\":{\"n\":[]}}").status()).isIn(200, 413);
        assertThat(ann.put(path, "{\"name\":\"t\",\"document\":{\"a\":[[]]}}").status())
                .isEqualTo(200);
        write(document);
        assertThat(ann.patch(path, "{\"document\":null}").status()).isEqualTo(200);
    }

    /** What the log says, put back in place of what somebody spoilt behind the triggers' back. */
    @ParameterizedTest
    @ValueSource(strings = {ARRAYS, OBJECTS, LONG_NAME, LONG_NUMBER})
    void isRebuilt(String document) {
        write(document);
        var before = ann.get(path).raw().body();
        Jdbi.create(owner.dataSource()).useTransaction(handle -> {
            handle.execute("set local session_replication_role = replica");
            handle.execute("update freshet.task_context set document = '{}' where id = " + id);
        });
        assertThat(projections.rebuild()).anyMatch(differences -> differences.different() == 1);
        assertThat(ann.get(path).raw().body()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {ARRAYS, OBJECTS, LONG_NAME, LONG_NUMBER})
    void staysReadableInTheLog(String document) {
        write(document);
        var then = ann.get(path).raw().body();
        long position = ann.get(path + "/history")
                .json()
                .get("items")
                .get(1)
                .get("position")
                .longValue();
        write("'{}'");
        assertThat(ann.get(path + "?at=" + position).raw().body()).isEqualTo(then);
        for (var request : new String[] {path + "/history", "/v1/events?limit=200"}) {
            var answer = ann.get(request);
            assertThat(answer.status()).as(request).isEqualTo(200);
            assertThat(answer.raw().body()).contains("\"source\":\"sql\"");
        }
    }
}
