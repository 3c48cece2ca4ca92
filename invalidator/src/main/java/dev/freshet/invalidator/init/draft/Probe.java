// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init.draft;

import dev.freshet.model.mapping.ColumnSet;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.KeyTemplate;
import dev.freshet.model.mapping.Location;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.Problem;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.check.MappingCheck;
import dev.freshet.model.mapping.condition.Condition;
import dev.freshet.model.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code check} would say of an entity.
 *
 * @param refusal what is wrong and cannot be fixed by a statement
 * @param needs the statement that has to be run
 */
record Probe(Optional<String> refusal, Optional<String> needs) {
    private static final Location NOWHERE = new Location("draft", 1, 1);

    /** Checks an entity with an id, and perhaps an owner and columns in a key. */
    static Probe of(Schema schema, TableName table, List<String> id, Optional<String> owner, List<String> columns) {
        var parts = new ArrayList<KeyTemplate.Part>();
        parts.add(new KeyTemplate.Literal("key:"));
        columns.forEach(column -> parts.add(new KeyTemplate.Path(List.of(), column)));
        var all = ColumnSet.allBut(List.of());
        var key = new KeyTemplate("", KeyTemplate.Role.OWN, parts, all, Condition.ALWAYS, List.of(), false, NOWHERE);
        var entity = new EntityMapping(
                "e",
                table,
                id,
                owner,
                List.of(),
                Optional.empty(),
                all,
                all,
                ColumnSet.none(),
                List.of(key),
                false,
                Map.of(),
                NOWHERE);
        List<Problem> problems = MappingCheck.check(new Mapping("draft", "draft", Map.of("e", entity)), schema);
        return new Probe(
                problems.stream()
                        .filter(problem -> problem.remedy().isEmpty())
                        .map(Problem::message)
                        .findFirst(),
                problems.stream().flatMap(problem -> problem.remedy().stream()).findFirst());
    }

    boolean isClean() {
        return refusal.isEmpty() && needs.isEmpty();
    }
}
