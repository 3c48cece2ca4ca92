// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.fault.StubServer;
import dev.freshet.devservices.junit.CommandOutput;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.invalidator.InvalidatorMain;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.cli.CommandRunner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A user's mistake is reported in a line or two: what is wrong, where, and what was expected. Never a stack trace. */
@WithPostgres
class MistakesTest {
    private static final String REDIS = "redis://127.0.0.1:1";

    private final TestDatabase database;
    private final CommandOutput told = new CommandOutput();

    @TempDir
    Path folder;

    private ServerSocket taken;

    MistakesTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void prepare() throws IOException {
        taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        database.execute(
                "CREATE TABLE org (org_id int PRIMARY KEY, name text NOT NULL)",
                "CREATE TABLE member (id int PRIMARY KEY, org_id int CONSTRAINT of_org REFERENCES org, name text)",
                "CREATE VIEW a_view AS SELECT * FROM org",
                "CREATE MATERIALIZED VIEW a_matview AS SELECT * FROM org",
                "CREATE UNLOGGED TABLE unlogged (org_id int PRIMARY KEY)",
                "CREATE SEQUENCE a_sequence",
                "CREATE INDEX an_index ON org (name)",
                "CREATE TYPE a_type AS (org_id int)",
                "CREATE FOREIGN DATA WRAPPER nowhere",
                "CREATE SERVER elsewhere FOREIGN DATA WRAPPER nowhere",
                "CREATE FOREIGN TABLE a_foreign (org_id int) SERVER elsewhere",
                "CREATE TABLE parted (org_id int PRIMARY KEY) PARTITION BY RANGE (org_id)",
                "CREATE TABLE a_part PARTITION OF parted FOR VALUES FROM (1) TO (9)");
        write("right", "freshet: 1\nentities: { org: { table: org, id: org_id, keys: [ 'org:{org_id}' ] } }\n");
        write("binary", "a\0b");
        write("empty", "");
        Files.write(folder.resolve("utf16"), "\uFEFFfreshet: 1".getBytes(StandardCharsets.UTF_16LE));
        Files.createDirectory(folder.resolve("folder"));
    }

    @AfterEach
    void drop() throws IOException {
        taken.close();
        database.execute(
                "DROP TABLE member, org, unlogged, parted CASCADE",
                "DROP SEQUENCE a_sequence",
                "DROP TYPE a_type",
                "DROP FOREIGN DATA WRAPPER nowhere CASCADE");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            run --admin-port 70000             | --admin-port is '70000'; expected a port, 0 to 65535
            run --admin-port=-1                | --admin-port is '-1'; expected a port
            run --admin-port TAKEN             | another process listens at 127.0.0.1:TAKEN; expected a free port
            run --admin-port http              | Invalid value for --admin-port: 'http' is not an int
            run --admin-host no.such.invalid --admin-port 0 | --admin-host is 'no.such.invalid', which is not known here
            run --admin-host 192.0.2.1 --admin-port 0 | --admin-host is '192.0.2.1', which is another machine
            run --heartbeat 0s                 | --heartbeat is '0ms'; expected at least 10ms
            run --heartbeat 1                  | Invalid value for --heartbeat: '1' is not a duration
            run --stall-timeout 0s             | --stall-timeout is '0ms'; expected at least
            run --visibility-timeout 0s        | --visibility-timeout is '0ms'; expected at least
            run --audit-rate -3                | --audit-rate is '-3'; expected 0 or more
            run --http-purge-url https://h/x   | FRESHET_HTTP_PURGE_KIND is not set; expected one of fastly, cloudflare,
            run --http-purge-kind nginx        | FRESHET_HTTP_PURGE_URL is not set; expected the URL of the HTTP cache
            run --http-purge-kind squid        | Invalid value for --http-purge-kind
            run --http-purge-rate -1           | --http-purge-rate is '-1'; expected 0 or more requests a minute
            run --http-purge-kind nginx --http-purge-url http://n/x | --http-purge-url: the URL does not have {key} once
            run --http-purge-kind fastly --http-purge-url https://f/service/x | FRESHET_HTTP_PURGE_TOKEN (or
            run --slot My-Slot                 | --slot is 'My-Slot'; expected 1 to 63 characters of a-z, 0-9 and _
            run --publication=                 | --publication is ''; expected the name of a publication
            run --maping x                     | Unknown option: '--maping'
            run --redis-url http://u:hunter2@h | --redis-url
            check --mapping none               | --mapping is 'none', which does not exist; expected a mapping
            check --mapping FOLDER/folder      | which is a directory; expected a mapping
            check --mapping FOLDER/utf16       | which is UTF-16, not UTF-8; expected a mapping
            check --mapping FOLDER/binary      | which is binary, not text; expected a mapping
            check --mapping FOLDER/empty       | the file is empty
            record --file FOLDER/folder        | --file is 'FOLDER/folder', which is a directory; expected a file to write to
            record --file FOLDER/none/x        | which is in a folder that does not exist
            record --file FOLDER/x --max-events -1 | --max-events is '-1'; expected a number from 1
            record --file FOLDER/x --tables=   | --tables is ''; expected schema.table
            record --file FOLDER/x --slot A-B  | --slot is 'A-B'; expected 1 to 63 characters
            record --file FOLDER/x --snapshot --slot x | --snapshot is given beside --slot; expected one of them
            record --file FOLDER/x --mapping none | --mapping is 'none', which does not exist
            plan --changes none                | none does not exist; expected change events
            plan --changes FOLDER/folder       | is a directory; expected change events
            plan --changes FOLDER/utf16        | is UTF-16, not UTF-8; expected change events
            plan --mapping none --changes x    | --mapping is 'none', which does not exist
            plan --against none --changes x    | --against is 'none', which does not exist; expected a mapping
            explain org:1 --most 0             | --most is '0'; expected a number from 1
            explain org:1 --mapping none       | --mapping is 'none', which does not exist
            explain nowhere 7                  | table 'nowhere' is not in
            test none                          | FILE is 'none', which does not exist; expected cases
            test FOLDER/empty                  | the file is empty; expected 'cases:' and a list of them
            audit --sample 0                   | --sample is '0'; expected a number from 1
            audit --sample 3 --all             | --sample is given beside --all; expected one of them
            audit --rate 0                     | --rate is '0'; expected a number from 1
            audit --recent-url nonsense        | --recent-url
            init --output FOLDER/folder        | --output is 'FOLDER/folder', which is a directory; expected a file to write to
            init --output FOLDER/none/x        | which is in a folder that does not exist
            init --output FOLDER/utf16         | which is UTF-16, not UTF-8; expected a mapping to add to, or no file
            init --output FOLDER/binary        | which is binary, not text
            init --output FOLDER/empty         | the file is empty
            init --print --tables=             | --tables is ''; expected names or patterns
            init --print --tables=orgs         | --tables is 'orgs'; expected a table of the database, or a pattern
            init --print --schemas=pubic       | did you mean 'public'?
            init --print --most-keys 0         | --most-keys is '0'; expected a number from 1
            init --print --scan-time 1ms       | --scan-time is '1ms'; expected at least 10ms
            status --sample 2m                 | --sample is '120000ms'; expected 0s to 1m
            status --warn-lag 10m              | --warn-lag is '600000ms'; expected 0 to 300000ms, the value of --critical-lag
            status --slot A-B                  | --slot is 'A-B'; expected 1 to 63 characters
            status --format xml                | Invalid value for --format
            tail --last=-1                     | --last is '-1'; expected a number from 0
            tail --count 0                     | --count is '0'; expected a number from 1
            tail --admin-url nonsense          | --admin-url is 'nonsense'; expected a URL
            evict                              | expected one of KEY, TABLE ID and --by-tag TAG
            evict org:1 --owner x              | --owner is given without --by-tag; expected both
            evict nowhere 7                    | is no table and no entity of
            evict org 1,2                      | the database cannot look org '1,2' up
            evict org:x                        | makes key 'org:x', the nearest is org:{org_id}
            evict --by-tag org:1               | entity org has no tags
            purge                              | expected one of --entity NAME and --all
            purge --all --entity org           | expected one of --entity NAME and --all
            purge --entity orgs                | did you mean 'org'?
            drop --mapping none                | --mapping is 'none', which does not exist; expected a mapping
            drop --slot A-B                    | --slot is 'A-B'; expected 1 to 63 characters
            pause                              | FRESHET_ADMIN_TOKEN (or FRESHET_ADMIN_TOKEN_FILE) is not set
            resume --admin-url nonsense        | --admin-url is 'nonsense'; expected a URL
            chekc                              | Did you mean: freshet invalidator check or freshet invalidator help?
            """)
    void wrongUseEndsWithTwo(String line, String expected) {
        assertThat(run(line)).as(told::text).isEqualTo(2);
        assertThat(told.text()).contains(filled(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            FRESHET_ADMIN_PORT=70000        | run   | FRESHET_ADMIN_PORT is '70000'; expected a port
            FRESHET_ADMIN_PORT=http         | run   | Invalid value for FRESHET_ADMIN_PORT: 'http' is not an int
            FRESHET_HEARTBEAT=1             | run   | Invalid value for FRESHET_HEARTBEAT: '1' is not a duration
            FRESHET_SLOT=My-Slot            | run   | FRESHET_SLOT is 'My-Slot'; expected
            FRESHET_RATE=0                  | audit | FRESHET_RATE is '0'; expected a number from 1
            FRESHET_MAPPING=none            | plan --changes x | FRESHET_MAPPING is 'none', which does not exist
            FRESHET_MAPPING=                | plan --changes x | FRESHET_MAPPING is not set; expected a mapping file
            FRESHET_MAPPING=                | run              | as --mapping FILE or in this variable
            FRESHET_MAPPING=                | check            | docs/mapping-language.md says how to write one
            FRESHET_MAPPING=                | audit            | deploy/mappings has examples
            FRESHET_MAPPING=                | record --file FOLDER/x | FRESHET_MAPPING is not set; expected a mapping file
            """)
    void aVariableIsCalledByItsName(String variable, String line, String expected) {
        var parts = variable.split("=", 2);
        assertThat(run(line, Map.of(parts[0], parts[1]))).isEqualTo(2);
        assertThat(told.text()).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a_view                    | public.a_view is a view
            a_matview                 | public.a_matview is a materialized view
            unlogged                  | public.unlogged is unlogged: its changes are not in the WAL
            a_sequence                | public.a_sequence is a sequence; expected a table
            an_index                  | public.an_index is an index; expected a table
            a_type                    | public.a_type is a composite type; expected a table
            a_foreign                 | public.a_foreign is a foreign table
            a_part                    | public.a_part is a partition of public.parted
            pg_catalog.pg_class       | pg_catalog.pg_class belongs to PostgreSQL itself
            information_schema.tables | information_schema.tables belongs to PostgreSQL itself
            orgs                      | there is no table public.orgs in the database; did you mean 'public.org'?
            pubic.org                 | there is no table pubic.org in the database; did you mean 'public.org'?
            Member                    | there is no table public.Member in the database; did you mean 'public.member'?
            """)
    void whatIsNoTableIsCalledWhatItIsAndGetsNoStatement(String table, String expected) throws IOException {
        write("right", "freshet: 1\nentities: { e: { table: " + table + ", id: org_id, keys: [ 'org:{org_id}' ] } }\n");
        assertThat(run("check")).isEqualTo(1);
        assertThat(told.text()).contains(expected).doesNotContain("PUBLICATION", "ALTER TABLE public", "GRANT");
        told.clear();
        assertThat(run("record --file FOLDER/x --tables org," + table)).isEqualTo(1);
        assertThat(told.text()).contains(expected).doesNotContain("PUBLICATION", "ALTER TABLE public", "GRANT");
    }

    /** The server speaks another protocol, or says nothing. This is reported, and the wait is bounded. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -ERR unknown command
            HTTP/1.1 400 Bad Request
            SSH-2.0-OpenSSH_9.6
            N
            ''
            silence
            """)
    void whatIsNoPostgresIsCalledSo(String answer) throws Exception {
        try (var other = new StubServer(answer)) {
            var address = "127.0.0.1:" + other.port();
            assertThat(run("check --jdbc-url jdbc:postgresql://" + address + "/db?password=hunter2&loginTimeout=3"))
                    .isEqualTo(1);
            assertThat(told.text()).contains(address).contains("expected PostgreSQL there");
        }
    }

    @Test
    void aMissingReferenceIsSuggestedByTheForeignKey() throws IOException {
        write("right", """
                freshet: 1
                entities:
                  org: { table: org, id: org_id, keys: [ "profile:{member.id}" ] }
                  member: { table: member, id: id }
                """);
        assertThat(run("check")).isEqualTo(2);
        assertThat(told.text())
                .contains("neither refers to the other")
                .contains("foreign key of_org suggests, in entity member:\n    references: { org: org_id }");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            check --jdbc-url jdbc:postgresql://no-such-host.invalid/db?password=hunter2 | 1 | host no-such-host.invalid is not known
            record --file FOLDER/x --jdbc-url jdbc:postgresql://no-such-host.invalid/db | 1 | host no-such-host.invalid is not known
            audit --jdbc-url jdbc:postgresql://no-such-host.invalid/db                  | 6 | host no-such-host.invalid is not known
            check --jdbc-url jdbc:postgresql://127.0.0.1:1/db?password=hunter2          | 1 | Connection to 127.0.0.1:1 refused
            """)
    void aDatabaseThatIsNotThereIsNamed(String line, int code, String expected) {
        assertThat(run(line)).as(told::text).isEqualTo(code);
        assertThat(told.text()).contains(expected);
    }

    private int run(String line) {
        return run(line, Map.of());
    }

    private int run(String line, Map<String, String> variables) {
        var all = new HashMap<>(Map.of(
                "FRESHET_JDBC_URL", database.jdbcUrlWithUser(),
                "FRESHET_REDIS_URL", REDIS,
                "FRESHET_MAPPING", folder.resolve("right").toString()));
        all.putAll(variables);
        String[] arguments = Arrays.stream(line.split(" ")).map(this::filled).toArray(String[]::new);
        return told.ended(CommandRunner.commandLine(new InvalidatorMain(), new Environment(all))
                .setOut(told.writer())
                .setErr(told.writer())
                .execute(arguments));
    }

    private String filled(String text) {
        return text.replace("TAKEN", Integer.toString(taken.getLocalPort())).replace("FOLDER", folder.toString());
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
    }
}
