// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.invalidator.init.draft.Draft;
import dev.freshet.invalidator.init.draft.DraftEntity;
import dev.freshet.invalidator.init.draft.Drafting;
import dev.freshet.invalidator.init.file.ExistingFile;
import dev.freshet.invalidator.init.file.MappingText;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.Problem;
import dev.freshet.model.mapping.Reference;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.check.MappingCheck;
import dev.freshet.model.mapping.parse.MappingParser;
import dev.freshet.model.schema.Schema;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;

/** Whatever the names in a database are, the file that init writes is read as what was drafted, and passes the check. */
@Tag("memory")
class RoundTripTest {
    private static final List<String> BITS = List.of(
            "a",
            "Id",
            "users",
            "_",
            "7",
            ".",
            " ",
            "\"",
            "'",
            "\\",
            "#",
            ": ",
            "- ",
            "{",
            "}",
            "[",
            "]",
            "(",
            ")",
            ",",
            "\n",
            "\t",
            "\u0085",
            "\u2028",
            "\u00e9",
            "\ud83d\ude00",
            "\ufeff",
            "%",
            "&",
            "*",
            "!",
            "|",
            ">",
            "@",
            "`",
            "?",
            "true",
            "null",
            "inherited",
            "on",
            "0x1F",
            "1e5",
            "~",
            "\u0007",
            "# ---- End");

    private Random random;

    @RepeatedTest(60)
    void whatIsWrittenIsReadAsDrafted(RepetitionInfo turn) {
        random = new Random(turn.getCurrentRepetition());
        Schema schema = schema();
        Draft draft = Drafting.draft(schema, Optional.empty(), Set.of());
        if (draft.entities().isEmpty()) {
            return;
        }
        String text = text(draft, schema);

        Mapping read = MappingParser.parse("m.yaml", new StringReader(text));

        assertThat(read.tables())
                .containsExactlyElementsOf(
                        draft.entities().stream().map(DraftEntity::table).toList());
        assertThat(read.tables().size() + draft.leftOut().size())
                .isEqualTo(schema.byName().size());
        for (DraftEntity entity : draft.entities()) {
            EntityMapping found = read.entity(entity.name());
            assertThat(found.id()).isEqualTo(entity.id());
            assertThat(found.references().stream().map(Reference::name))
                    .containsExactlyElementsOf(entity.references().stream()
                            .map(each -> each.name())
                            .toList());
            assertThat(found.templates()).hasSameSizeAs(entity.keys());
        }
        assertThat(MappingCheck.check(read, schema))
                .filteredOn(problem -> problem.remedy().isEmpty())
                .isEmpty();
        assertThat(MappingCheck.check(read, schema))
                .filteredOn(Problem::isError)
                .allMatch(problem -> text.contains("needs: "));
    }

    @RepeatedTest(20)
    void runAgainItChangesNothing(RepetitionInfo turn) {
        random = new Random(-turn.getCurrentRepetition());
        Schema schema = schema();
        Draft draft = Drafting.draft(schema, Optional.empty(), Set.of());
        if (draft.entities().isEmpty()) {
            return;
        }
        String text = text(draft, schema);
        var file = ExistingFile.of("m.yaml", text);

        Draft again = Drafting.draft(schema, Optional.of(file.mapping()), file.declined());

        assertThat(file.declined()).isEmpty();
        assertThat(file.seen())
                .containsExactlyInAnyOrderElementsOf(file.mapping().tables());
        assertThat(file.with(
                        List.of(),
                        Map.of(),
                        new NotesBook(again, schema, Optional.empty(), Optional.of(file)).notes(Map.of())))
                .contains(text);
    }

    private static String text(Draft draft, Schema schema) {
        return MappingText.of(
                draft,
                new NotesBook(draft, schema, Optional.empty(), Optional.empty()).notes(Map.of()),
                schema.database(),
                "m\n.yaml");
    }

    private Schema schema() {
        var tables = new Tables();
        var names = new ArrayList<TableName>();
        var keys = new ArrayList<List<String>>();
        int count = 1 + random.nextInt(8);
        while (names.size() < count) {
            var name = new TableName(random.nextInt(3) > 0 ? "public" : name(), name());
            List<String> key = distinct(1 + random.nextInt(3));
            if (!names.contains(name)) {
                names.add(name);
                keys.add(key);
                tables.table(name, random.nextInt(4) > 0 ? Set.copyOf(key) : Set.of(), List.of(key), "tenant_id:int4");
            }
        }
        for (int i = 0; i < count; i++) {
            int target = random.nextInt(count);
            List<String> to = keys.get(target);
            var own = new ArrayList<>(keys.get(i));
            if (own.size() >= to.size()) {
                tables.foreignKey(names.get(i), own.subList(0, to.size()), names.get(target), to);
            }
        }
        return tables.schema();
    }

    private List<String> distinct(int count) {
        var names = new ArrayList<String>();
        while (names.size() < count) {
            String name = name();
            if (names.stream().noneMatch(name::equalsIgnoreCase)) {
                names.add(name);
            }
        }
        return names;
    }

    private String name() {
        var name = new StringBuilder();
        int length = 1 + random.nextInt(4);
        for (int i = 0; i < length; i++) {
            name.append(BITS.get(random.nextInt(BITS.size())));
        }
        return name.toString();
    }
}
