// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init.draft;

import dev.freshet.invalidator.init.yaml.Yaml;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.MappingException;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.parse.MappingParser;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;

/** What the mapping language can say, asked of its parser. */
final class Sayable {
    private Sayable() {}

    /** Why the table cannot be named with this id; empty if it can. */
    static Optional<String> obstacle(TableName table, List<String> id) {
        try {
            Mapping read = parse(table, id, "");
            return read.entityOf(table).filter(entity -> entity.id().equals(id)).isPresent()
                    ? Optional.empty()
                    : Optional.of("it would be read as another name");
        } catch (MappingException e) {
            return Optional.of(e.problems().get(0).message());
        }
    }

    /** Whether the language has a template for these columns of the row itself. */
    static boolean isTemplate(DraftKey key) {
        try {
            Mapping read = parse(
                    new TableName("public", "t"), List.of("id"), "    keys: [" + Yaml.quoted(key.template()) + "]\n");
            return read.entity("e").templates().get(0).parts().size()
                    == key.parts().size();
        } catch (MappingException e) {
            return false;
        }
    }

    /** The table as a mapping names it. */
    static String text(TableName table) {
        boolean alone = table.schema().equals(TableName.DEFAULT_SCHEMA)
                && !table.table().isBlank();
        return alone ? table.toString().substring(TableName.DEFAULT_SCHEMA.length() + 1) : table.toString();
    }

    private static Mapping parse(TableName table, List<String> id, String keys) {
        return MappingParser.parse(
                "draft",
                new StringReader("freshet: 1\nentities:\n  e:\n    table: " + Yaml.scalar(text(table)) + "\n    id: "
                        + Yaml.list(id) + "\n" + keys));
    }
}
