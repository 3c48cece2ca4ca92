// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code docs/adopt.md}: tags are added without any new need, and no key is lost. */
@WithPostgres
@WithRedis
class AdoptCommandsTest {
    private final DocPage page = new DocPage("adopt.md");
    private final TestDatabase database;
    private final Shell shell;
    private final Path folder;

    AdoptCommandsTest(@TempDir Path folder, TestDatabase database, RedisServer redis) throws Exception {
        this.folder = folder;
        this.database = database;
        this.shell = new Shell(folder, database, redis);
    }

    @AfterEach
    void stop() {
        shell.close();
        database.execute("DROP PUBLICATION IF EXISTS adopt", "DROP TABLE IF EXISTS member, org");
    }

    @Test
    void tagsBesideKeysNeedNothingNewAndLoseNoKey() throws Exception {
        var walkthrough = new DocPage("walkthrough.md");
        database.execute(walkthrough.block("sql", 0));
        Files.writeString(folder.resolve("members.yaml"), page.block("yaml", 0));
        Files.writeString(folder.resolve("both.yaml"), page.block("yaml", 1));
        Files.writeString(folder.resolve("alone.yaml"), page.block("yaml", 2));
        Files.writeString(folder.resolve("changes.json"), walkthrough.block("json", 0));
        String[] commands = page.block("sh", 0).lines().toArray(String[]::new);
        String plain = findings(shell.run(commands[0].replace("both.yaml", "members.yaml")));
        String both = findings(shell.run(commands[0]));
        String alone = findings(shell.run(commands[0].replace("both.yaml", "alone.yaml")));

        assertThat(both).isEqualTo(plain);
        assertThat(plain).contains("public.org REPLICA IDENTITY", "public.member REPLICA IDENTITY");
        assertThat(alone).contains("public.member REPLICA IDENTITY").doesNotContain("public.org REPLICA IDENTITY");
        assertThat(shell.run(commands[1]).expect(0)).contains("gained").doesNotContain("\"lost\"");
    }

    private static String findings(Shell.Ended check) {
        return String.join(
                "\n",
                check.output()
                        .lines()
                        .map(String::strip)
                        .filter(line -> line.endsWith(";"))
                        .toList());
    }
}
