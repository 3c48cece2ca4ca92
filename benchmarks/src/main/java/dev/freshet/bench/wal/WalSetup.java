// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.wal;

import dev.freshet.bench.plan.GeneratedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A database to try, and its mapping.
 *
 * @param statements that set it up
 * @param mapping the mapping file's text
 * @param generated whether it is one of ours: tables may be truncated, and replica identities are as they are
 */
public record WalSetup(List<String> statements, String mapping, boolean generated) {
    /** Random tables and mappings. */
    public static WalSetup generated(long seed, int designs) {
        var database = GeneratedDatabase.of(seed, designs);
        return new WalSetup(database.statements(), database.mapping(), true);
    }

    /** Somebody's. */
    public static WalSetup of(Path schema, Path mapping) throws IOException {
        return new WalSetup(List.of(Files.readString(schema)), Files.readString(mapping), false);
    }
}
