// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.process.SystemCommands;
import dev.freshet.e2e.installation.Installation;
import dev.freshet.e2e.installation.InstallationExtension;
import dev.freshet.e2e.process.Command;
import dev.freshet.e2e.process.Python;
import dev.freshet.e2e.process.Repository;
import dev.freshet.e2e.process.Sidecar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Types what {@code examples/README.md} says, command after command. Only servers and passwords are put in; needs psql, and
 * Python with what the readers import. {@code ExamplesTest} tries every change of every example.
 */
@ExtendWith(InstallationExtension.class)
class ExamplesReadmeTest {
    private static final List<Repository.Block> BLOCKS =
            Repository.blocks(Repository.text("examples/README.md"), "Try one");

    private final Installation freshet;

    @TempDir
    private Path folder;

    ExamplesReadmeTest(Installation freshet) {
        this.freshet = freshet;
    }

    @Test
    void aReaderWhoTypesItSeesTheRightKeysGo() throws Exception {
        var python = Python.withClients();
        assumeTrue(python.isPresent(), "there is no Python with psycopg2 and redis");
        assumeTrue(SystemCommands.find("psql").isPresent(), "there is no psql");
        linkPython(python.get());
        assertThat(BLOCKS).extracting(Repository.Block::info).containsExactly("sh", "sh");
        var changed = Set.of("category:1", "product:1", "product:2");
        try (var shop = freshet.createDatabase("shop")) {
            var first = lines(0, shop);
            var exports = String.join("\n", first.subList(0, 3)) + "\n";
            var last = first.size() - 1;
            shell(shop, String.join("\n", first.subList(0, last))).run().expect(0);

            try (var sidecar = new Sidecar(
                    shell(shop, exports + "exec " + first.get(last)).with(Map.of("FRESHET_ADMIN_PORT", "0")))) {
                freshet.cache().awaitAnyPosition("shop", sidecar);
                var second = lines(1, shop);
                assertThat(second).hasSize(4);
                shell(shop, exports + second.get(0)).run().expect(0);
                assertThat(freshet.cache().existing(changed)).isEqualTo(changed);

                shell(shop, exports + second.get(1)).run().expect(0);
                freshet.cache().awaitHeld("shop", sidecar);
                assertThat(freshet.cache().existing(changed)).isEmpty();

                shell(shop, exports + second.get(2)).run().expect(0);
                var told = shell(shop, exports + second.get(3))
                        .with(Map.of("FRESHET_ADMIN_URL", sidecar.address()))
                        .run()
                        .expect(0);
                assertThat(told.output()).contains(changed).contains("mapping.yaml:");
            }
        }
    }

    /** The lines of a block, with our servers. */
    private List<String> lines(int block, TestDatabase shop) {
        var text = BLOCKS.get(block)
                .text()
                .replace("jdbc:postgresql://localhost:5432/shop", shop.jdbcUrl())
                .replace("postgresql://localhost:5432/shop", shop.jdbcUrl().replace("jdbc:", ""))
                .replace("redis://localhost:6379", freshet.redis().uri())
                .replace("FRESHET_JDBC_USER=…", "FRESHET_JDBC_USER=" + shop.user())
                .replace("FRESHET_JDBC_PASSWORD=…", "FRESHET_JDBC_PASSWORD=" + shop.password());
        assertThat(text).doesNotContain("localhost:5432", "…");
        return text.lines().toList();
    }

    /** A script in the root of the repository, with a slot of its own, as the names of slots are the server's. */
    private Command shell(TestDatabase shop, String script) {
        var environment = new LinkedHashMap<>(Command.freshet().environment());
        environment.put("FRESHET_SLOT", "examples_readme");
        environment.put("PGUSER", shop.user());
        environment.put("PGPASSWORD", shop.password());
        environment.put("PATH", folder + ":" + System.getenv("PATH"));
        return new Command(List.of("sh", "-ec", "cd '" + Repository.file(".") + "'\n" + script), environment, folder);
    }

    /** The page says {@code python3}, which may be another one here. */
    private void linkPython(String program) throws IOException {
        var python = Files.writeString(
                folder.resolve("python3"), "#!/bin/sh\nPATH=${PATH#*:}\nexec " + program + " \"$@\"\n");
        assertThat(python.toFile().setExecutable(true)).isTrue();
    }
}
