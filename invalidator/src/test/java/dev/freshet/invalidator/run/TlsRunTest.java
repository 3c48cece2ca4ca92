// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshet.devservices.DevServices;
import dev.freshet.devservices.PostgresServer;
import dev.freshet.devservices.RedisOptions;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.backend.BackendKind;
import dev.freshet.devservices.tls.TestCertificate;
import dev.freshet.invalidator.run.status.State;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * PostgreSQL takes TLS alone, Redis takes it too, with certificates of an authority that was made for this test. The settings are those of
 * docs/security.md.
 */
class TlsRunTest {
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final String TRUST_STORE_PASSWORD = "javax.net.ssl.trustStorePassword";
    private static final String[] OURS = {"ip:127.0.0.1", "dns:localhost"};

    @TempDir
    Path folder;

    @AfterEach
    void forget() {
        System.clearProperty(TRUST_STORE);
        System.clearProperty(TRUST_STORE_PASSWORD);
    }

    @Test
    void queriesTheStreamAndEvictionsAreEncryptedAndTheServersAreVerified() throws Exception {
        var authority = TestCertificate.authority();
        trust(authority);
        try (var postgres = PostgresServer.start();
                var database = postgres.createDatabase("tls")) {
            onlyTls(database, authority.signed(OURS));
            int port = freePort();
            try (var redis = RedisServer.start(withTls(port, authority.signed(OURS)));
                    var run = new RunFixture(
                            database,
                            "rediss://" + redis.host() + ":" + port,
                            "run_tls",
                            verified(database, authority),
                            RunFixture.PATIENCE)) {
                run.startAndStream();
                run.cache(1);
                run.execute("INSERT INTO run_tls VALUES (1, 'a')");
                run.awaitGone(1);
                assertThat(run.query("SELECT count(*) FROM pg_stat_ssl s JOIN pg_replication_slots r"
                                + " ON r.active_pid = s.pid WHERE r.slot_name = 'run_tls' AND s.ssl"))
                        .as("the stream")
                        .isEqualTo(1);
                assertThat(run.query("SELECT count(*) FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid)"
                                + " WHERE a.client_port > 0 AND NOT s.ssl"))
                        .as("connections that are not encrypted")
                        .isZero();
            }
        }
    }

    @Test
    void aServerOfAnotherAuthorityOrOfAnotherNameIsNotBelieved() throws Exception {
        var authority = TestCertificate.authority();
        var stranger = TestCertificate.authority();
        try (var postgres = PostgresServer.start();
                var database = postgres.createDatabase("tls");
                var redis = RedisServer.start()) {
            onlyTls(database, stranger.signed(OURS));
            try (var run = new RunFixture(
                    database, redis.uri(), "run_tls_a", verified(database, authority), RunFixture.PATIENCE)) {
                awaitRefused(run);
            }
            onlyTls(database, authority.signed("dns:postgres.example"));
            try (var run = new RunFixture(
                    database, redis.uri(), "run_tls_b", verified(database, authority), RunFixture.PATIENCE)) {
                awaitRefused(run);
            }
        }
    }

    private static void awaitRefused(RunFixture run) {
        run.start();
        await().atMost(RunFixture.PATIENCE)
                .until(() -> run.supervisor().status().reason() != null);
        assertThat(run.supervisor().status().state()).isNotIn(State.CATCHING_UP, State.STREAMING);
        assertThat(run.supervisor().status().reason()).containsPattern("(?i)ssl|certificat|PKIX|hostname");
    }

    private String verified(TestDatabase database, TestCertificate authority) throws IOException {
        Path file = Files.writeString(folder.resolve("ca.crt"), authority.certificate());
        return database.jdbcUrl() + "?sslmode=verify-full&sslrootcert=" + file;
    }

    /** As the server's own user, who alone may read the key. What connects from now on is encrypted or refused. */
    private static void onlyTls(TestDatabase database, TestCertificate server) {
        database.execute(
                write(server.certificate(), "server.crt"),
                write(server.key(), "server.key"),
                "ALTER SYSTEM SET ssl = on",
                "COPY (SELECT 1) TO PROGRAM 'cat > /dev/null; sed -i \"s/^host /hostssl /\" pg_hba.conf'",
                "SELECT pg_reload_conf()");
        await().atMost(RunFixture.PATIENCE).until(() -> {
            try (var connection = database.connect();
                    var row = connection
                            .createStatement()
                            .executeQuery("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")) {
                return row.next() && row.getBoolean(1);
            } catch (SQLException e) {
                return false; // it has read one of the two files, but not the other
            }
        });
    }

    private static String write(String text, String file) {
        return "COPY (SELECT unnest(string_to_array('" + text.strip() + "', E'\\n')))"
                + " TO PROGRAM 'umask 077; rm -f " + file + "; cat > " + file + "'";
    }

    private RedisOptions withTls(int port, TestCertificate server) throws IOException {
        assumeTrue(DevServices.report().way() == BackendKind.LOCAL, "a container does not see the certificate's files");
        Path key = Files.writeString(folder.resolve("redis.key"), server.key());
        Path certificate = Files.writeString(folder.resolve("redis.crt"), server.certificate());
        return RedisOptions.defaults()
                .directive("tls-port " + port)
                .directive("tls-key-file \"" + key + "\"")
                .directive("tls-cert-file \"" + certificate + "\"")
                .directive("tls-auth-clients no");
    }

    private void trust(TestCertificate authority) {
        System.setProperty(
                TRUST_STORE, authority.trustStore(folder.resolve("trust.p12")).toString());
        System.setProperty(TRUST_STORE_PASSWORD, TestCertificate.PASSWORD);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
