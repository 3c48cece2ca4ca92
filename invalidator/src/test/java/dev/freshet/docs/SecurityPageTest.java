// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.devservices.process.SystemCommands;
import dev.freshet.devservices.tls.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code docs/security.md}. What role and user may do then, LeastPrivilegeRoleTest and RedisAclTest tell. */
@WithPostgres
@WithRedis
class SecurityPageTest {
    private final DocPage page = new DocPage("security.md");
    private final TestDatabase database;
    private final Path folder;
    private final Shell shell;

    SecurityPageTest(@TempDir Path folder, TestDatabase database, RedisServer redis) throws IOException {
        this.folder = folder;
        this.database = database;
        this.shell = new Shell(folder, database, redis);
        Files.createSymbolicLink(
                folder.resolve("deploy"), Path.of("../deploy").toAbsolutePath().normalize());
    }

    @AfterEach
    void stop() throws IOException {
        Files.delete(folder.resolve("deploy"));
        shell.close();
    }

    @Test
    void theScriptMakesTheRole() {
        assumeTrue(SystemCommands.find("psql").isPresent(), "there is no psql");
        database.execute("CREATE TABLE org (id int)", "CREATE TABLE member (id int)");
        try {
            shell.with("PGHOST", database.server().host())
                    .with("PGPORT", Integer.toString(database.server().port()))
                    .with("PGDATABASE", database.name())
                    .with("PGUSER", database.user())
                    .with("PGPASSWORD", database.password())
                    .run(page.block("sh", 0))
                    .expect(0);
            assertThat(shell.column("SELECT rolreplication AND rolcanlogin FROM pg_roles WHERE rolname = 'freshet'"))
                    .containsExactly("t");
            assertThat(shell.column("SELECT has_table_privilege('freshet', name, 'SELECT')"
                            + " FROM unnest(ARRAY['org', 'member']) AS name"))
                    .containsExactly("t", "t");
        } finally {
            database.execute(
                    "DO $$ BEGIN IF to_regrole('freshet') IS NOT NULL THEN DROP OWNED BY freshet; DROP ROLE freshet; END IF; END $$",
                    "DROP TABLE org, member");
        }
    }

    @Test
    void theScriptPrintsAUserThatRedisTakes() {
        String user = shell.run(page.block("sh", 1)).expect(0).strip();
        assertThat(user).startsWith("user invalidator on #").contains(" ~shop:* ", " ~user:* ~cart:*");
        // As the page says, for the Redis 7.0 of the tests.
        assertThat(user).contains(" +client|setinfo ");
        String taken = user.substring("user ".length()).replace(" +client|setinfo", "");
        shell.redis(List.of("ACL SETUSER " + taken));
        assertThat(shell.redis(List.of("ACL LIST", "ACL DELUSER invalidator")))
                .contains("user invalidator on", "~cart:*");
    }

    @Test
    void keytoolMakesATrustStoreThatJavaReads() throws Exception {
        TestCertificate authority = TestCertificate.authority();
        Files.writeString(folder.resolve("ca.crt"), authority.certificate());
        shell.with("PATH", Path.of(System.getProperty("java.home"), "bin") + ":" + System.getenv("PATH"))
                .run(page.block("sh", 2))
                .expect(0);
        KeyStore trusted = KeyStore.getInstance(folder.resolve("trust.p12").toFile(), "changeit".toCharArray());
        assertThat(trusted.isCertificateEntry("redis")).isTrue();
    }

    @Test
    void noCommandOfThePageIsLeftOutHere() {
        for (int i = 0; i < 3; i++) {
            page.block("sh", i);
        }
        assertThat(page.unused()).isEmpty();
    }
}
