// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.wal;

import dev.freshet.lab.plan.GeneratedDatabase;
import dev.freshet.model.text.NotTextException;
import dev.freshet.model.text.TextFile;
import dev.freshet.support.config.ConfigException;
import java.nio.file.Path;
import java.util.List;

/**
 * A database to try, and its mapping.
 *
 * @param statements set up the database
 * @param mapping the text of the mapping file
 * @param generated whether we generated it: then tables may be truncated, and replica identities stay as they are. For
 *     other databases, replica identities are changed to what {@code check} asks for.
 */
public record WalSetup(List<String> statements, String mapping, boolean generated) {
    /** Random tables and mappings. */
    public static WalSetup generated(long seed, int designs) {
        var database = GeneratedDatabase.of(seed, designs);
        return new WalSetup(database.statements(), database.mapping(), true);
    }

    /**
     * A database and mapping of the user's own.
     *
     * @throws ConfigException if a file cannot be read as text
     */
    public static WalSetup of(Path schema, Path mapping) {
        return new WalSetup(
                List.of(text("--schema", schema, "SQL that makes tables and rows")),
                text("--mapping", mapping, "the mapping of these tables"),
                false);
    }

    private static String text(String option, Path file, String expected) {
        try {
            return TextFile.read(file);
        } catch (NotTextException e) {
            throw ConfigException.badFile(option, file.toString(), e.getMessage(), expected);
        }
    }
}
