// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init.file;

import dev.freshet.invalidator.init.draft.Draft;
import dev.freshet.invalidator.init.draft.DraftEntity;
import dev.freshet.invalidator.init.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;

/** A new mapping file. */
public final class MappingText {
    private MappingText() {}

    /**
     * The text of the file.
     *
     * @param database the name of the database
     * @param file the name of the file, for the commands in its comments
     */
    public static String of(Draft draft, Notes notes, String database, String file) {
        var lines = new ArrayList<String>();
        lines.addAll(List.of(
                "# A mapping of database " + Yaml.comment(database) + ", drafted from its catalogue by freshet init.",
                "#",
                "# 1. Under keys, put what your application caches of each table; delete what it does not cache.",
                "#    A change of a row evicts its keys. A purge deletes every key that a template can have made.",
                "#    Lists of rows by what they refer to are offered behind a #: take it away from those that it caches.",
                "# 2. Look at what is marked as a guess. Add what only you know: keys over several tables, columns to",
                "#    ignore. docs/mapping-language.md has the language.",
                "# 3. freshet invalidator check --mapping " + Yaml.comment(file),
                "#",
                "# After a migration run init again: it adds what is new and keeps what you wrote.",
                "freshet: 1",
                "namespace: " + draft.namespace()
                        + "    # of Freshet's own keys in Redis; none of yours may begin with " + draft.namespace()
                        + ":{ or " + draft.namespace() + ":~",
                "",
                "entities:"));
        for (DraftEntity entity : draft.entities()) {
            EntityText.of(entity).forEach(line -> lines.add("  " + line));
            lines.add("");
        }
        lines.addAll(notes.lines());
        return String.join("\n", lines) + "\n";
    }
}
