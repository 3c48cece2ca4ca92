// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.pipeline.Lookups;
import dev.freshet.core.plan.rows.Relations;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.meaning.Meaning;
import dev.freshet.protocol.Lsn;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What each implementation of {@link Lookups} must do, for the mapping and the tables of {@link RelationsConformance}. */
public abstract class LookupsConformance extends RelationsConformance {
    private static final Mapping FORMER = parse("""
            freshet: 1
            entities:
              part: { table: shop.part, id: id, keys: [ "former:{id}" ] }
            """);

    /** The instance under test. */
    protected abstract Lookups lookups() throws Exception;

    /** Begins a transaction on the database. */
    protected abstract SourceTransaction begin() throws Exception;

    @Override
    protected Relations relations() throws Exception {
        return lookups().relations();
    }

    @Override
    protected void insert(TableName table, List<Map<String, String>> rows) throws Exception {
        try (SourceTransaction transaction = begin()) {
            for (Map<String, String> row : rows) {
                transaction.insert(table, row);
            }
            transaction.commit();
        }
    }

    @Override
    protected void update(TableName table, Map<String, String> key, Map<String, String> changed) throws Exception {
        try (SourceTransaction transaction = begin()) {
            transaction.update(table, key, changed);
            transaction.commit();
        }
    }

    @Override
    protected void delete(TableName table, Map<String, String> key) throws Exception {
        try (SourceTransaction transaction = begin()) {
            transaction.delete(table, key);
            transaction.commit();
        }
    }

    @Test
    protected void whatIsNotCommittedIsNotFound() throws Exception {
        try (SourceTransaction transaction = begin()) {
            transaction.insert(PART, part(1, "3", "b4"));
            relations().find(PART, List.of("id"), List.of(List.of("1")), (tuple, row) -> {
                throw new AssertionError("found " + row);
            });
        }
    }

    @Test
    protected void theEndOfTheLogPassesEachCommitThatIsSeen() throws Exception {
        Lsn before = lookups().walEnd();
        insert(PART, List.of(part(1, "3", "b4")));
        Lsn after = lookups().walEnd();
        assertThat(after).isGreaterThan(before);
        assertThat(lookups().walEnd()).isGreaterThanOrEqualTo(after);
    }

    @Test
    protected void patternsAreOfTheMappingAndOfTheOthersAskedFor() throws Exception {
        var own = lookups().patterns(List.of());
        assertThat(own.globs()).contains("part:*", "place:*").doesNotContain("former:*");
        assertThat(own.matches("part:*", "part:7".getBytes(StandardCharsets.UTF_8)))
                .isTrue();
        assertThat(lookups().patterns(Meaning.of(FORMER).keys()).globs()).contains("part:*", "place:*", "former:*");
    }
}
