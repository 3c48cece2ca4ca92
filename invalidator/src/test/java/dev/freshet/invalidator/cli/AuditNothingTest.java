// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.plan.TagCoverage;
import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.invalidator.InvalidatorMain;
import dev.freshet.model.mapping.parse.MappingParser;
import dev.freshet.model.meaning.Meaning;
import dev.freshet.protocol.Contract;
import dev.freshet.support.config.cli.DurationConverter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** An audit that could check nothing does not report that nothing is wrong. */
@WithPostgres
@WithRedis
class AuditNothingTest {
    private static final String ENTRY = "none:{~}:item:1:own";
    private static final String SNAPSHOT = "\"at\":\"0/1\",\"snapshot\":\"1:1:\",";

    private final TestDatabase database;
    private final RedisServer server;
    private final StringWriter out = new StringWriter();
    private RawRedis raw;

    @TempDir
    private Path folder;

    AuditNothingTest(TestDatabase database, RedisServer server) {
        this.database = database;
        this.server = server;
    }

    @BeforeEach
    void open() {
        database.execute("DROP TABLE IF EXISTS audited", "CREATE TABLE audited (id int PRIMARY KEY)");
        raw = new RawRedis(server.uri());
        raw.redis.flushall();
    }

    @AfterEach
    void close() {
        raw.close();
    }

    @Test
    void whereNoTagsAreEvictedItSaysSo() throws Exception {
        Path mapping = mapping(false);
        promise(mapping);
        store(SNAPSHOT);
        assertThat(audit(mapping)).isEqualTo(4);
        assertThat(out.toString())
                .contains("NOTHING COULD BE CHECKED", "evicts no tags", "tags: true", "1 with tags of a kind");
    }

    @Test
    void anEmptyNamespaceIsToldOfAndOneWithoutAnInvalidatorToo() throws Exception {
        assertThat(audit(mapping(true))).isEqualTo(4);
        assertThat(out.toString())
                .contains(
                        "NOTHING COULD BE CHECKED",
                        "no invalidator publishes in namespace none",
                        "no entries were found in namespace none");
    }

    @Test
    void entriesThatDoNotTellTheirSnapshotProveNothing() throws Exception {
        Path mapping = mapping(true);
        promise(mapping);
        store("");
        assertThat(audit(mapping)).isEqualTo(4);
        assertThat(out.toString()).contains("NOTHING COULD BE CHECKED", "Loaded.at(position, snapshot)");
        out.getBuffer().setLength(0);
        audit(mapping, "--format=json");
        assertThat(out.toString()).contains("\"nothingChecked\":true");
    }

    @Test
    void anotherMappingThanTheInvalidatorsIsToldOf() throws Exception {
        promise(mapping(true));
        store(SNAPSHOT);
        Path other = folder.resolve("other.yaml");
        Files.writeString(other, Files.readString(mapping(true)).replace("id: id", "id: id, ignored: [name]"));
        audit(other);
        assertThat(out.toString()).contains("evicts by another mapping");
    }

    /** As soon as one entry is found right, the audit counts as one that checked something. */
    @Test
    void oneEntryThatIsRightIsSomething() throws Exception {
        Path mapping = mapping(true);
        promise(mapping);
        database.execute("INSERT INTO audited VALUES (1)");
        store("\"at\":\"0/1\",\"snapshot\":\"" + snapshot() + "\",");
        assertThat(audit(mapping)).isZero();
        assertThat(out.toString()).doesNotContain("NOTHING");
    }

    private String snapshot() throws Exception {
        try (var connection = database.connect();
                var row = connection.createStatement().executeQuery("SELECT pg_current_snapshot()")) {
            row.next();
            return row.getString(1);
        }
    }

    private Path mapping(boolean tags) throws Exception {
        Path file = folder.resolve("m" + tags + ".yaml");
        return Files.writeString(
                file,
                "freshet: 1\nnamespace: none\ntags: " + tags + "\nentities:\n  item: { table: audited, id: id }\n");
    }

    private void promise(Path file) throws Exception {
        var mapping = MappingParser.parse(file);
        raw.promise("none", new Contract("nobody", Meaning.of(mapping).hash(), TagCoverage.of(mapping)).fields());
    }

    private void store(String trace) {
        raw.redis.set(ENTRY, "{\"tags\":[\"item:1\"]," + trace + "\"value\":{}}");
        raw.redis.sadd("none:{~}:~tag:item:1", ENTRY);
    }

    private int audit(Path mapping, String... more) {
        var arguments = new ArrayList<>(List.of(
                "audit",
                "--mapping=" + mapping,
                "--redis-url=" + server.uri(),
                "--jdbc-url=" + database.jdbcUrlWithUser()));
        arguments.addAll(List.of(more));
        var line = new CommandLine(new InvalidatorMain()).registerConverter(Duration.class, new DurationConverter());
        line.setOut(new PrintWriter(out, true));
        return line.execute(arguments.toArray(String[]::new));
    }
}
