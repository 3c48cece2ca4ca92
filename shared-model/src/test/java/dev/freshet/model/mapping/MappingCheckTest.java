// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.model.mapping.CatalogTable.Column;
import dev.freshet.model.mapping.CatalogTable.Identity;
import dev.freshet.model.mapping.CatalogTable.UniqueIndex;
import java.io.StringReader;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MappingCheckTest {
    private final Map<TableName, CatalogTable> tables = new HashMap<>();

    /** A table whose primary key is its first column; {@code name type}, and {@code ?} if it can be null. */
    private CatalogTable table(String name, Identity identity, String... columns) {
        var byName = new LinkedHashMap<String, Column>();
        for (String column : columns) {
            String[] words = column.split(" ");
            byName.put(words[0], new Column(words[1].replace("?", ""), words[1].endsWith("?")));
        }
        String first = byName.keySet().iterator().next();
        var table = new CatalogTable(
                TableName.of(name),
                byName,
                List.of(new UniqueIndex(name + "_pkey", List.of(first), true)),
                identity,
                Optional.empty(),
                List.of());
        tables.put(table.name(), table);
        return table;
    }

    private static Identity only(String... columns) {
        return new Identity(false, Set.of(columns));
    }

    private List<String> check(String entities) {
        Mapping mapping =
                MappingParser.parse("m.yaml", new StringReader("freshet: 1\nentities:\n" + entities.indent(2)));
        return MappingCheck.check(mapping, name -> Optional.ofNullable(tables.get(name))).stream()
                .map(Problem::toString)
                .toList();
    }

    @Test
    void aTableWithItsWholeRowInTheWalIsRight() {
        table("a", Identity.FULL, "id int4", "b text?");
        assertThat(check("a: { table: a, id: id, keys: [ 'a:{b}' ] }")).isEmpty();
    }

    @Test
    void keysOfTheIdAloneNeedNoMoreThanThePrimaryKey() {
        table("a", only("id"), "id int4", "b text?");
        assertThat(check("a: { table: a, id: id, keys: [ 'a:{id}' ] }")).isEmpty();
    }

    @Test
    void unknownTablesAndColumnsAreNamedWithTheirLine() {
        table("a", Identity.FULL, "id int4", "name text");
        assertThat(check("a: { table: a, id: id, keys: [ 'a:{nmae}' ] }\nb: { table: s.b, id: id }"))
                .containsExactly(
                        "m.yaml:3:34: table public.a has no column 'nmae'; did you mean 'name'? expected one of id, name",
                        "m.yaml:4:8: there is no table s.b in the database");
    }

    @Test
    void anIdMustBeUniqueAndNotNull() {
        table("a", Identity.FULL, "id int4", "b text?");
        assertThat(check("a: { table: a, id: b }"))
                .containsExactly(
                        "m.yaml:3:18: id [b] of public.a is not unique; expected the columns of a primary key or of a"
                                + " unique index",
                        "m.yaml:3:18: id column 'b' of public.a can be null");
    }

    @Test
    void typesThatKeysCannotBeBuiltFromAreRefused() {
        table("a", Identity.FULL, "id int4", "doc jsonb", "list _int4");
        assertThat(check("a: { table: a, id: id, keys: [ 'a:{doc}', 'b:{list}' ] }"))
                .hasSize(2)
                .allMatch(problem -> problem.contains("which keys cannot be built from"));
    }

    @Test
    void joinsByTypesThatPrintEqualValuesDifferentlyAreWarnedOf() {
        table("a", Identity.FULL, "id citext");
        table("b", Identity.FULL, "id int4", "a citext");
        assertThat(check(
                        "a: { table: a, id: id }\nb: { table: b, id: id, references: { a: a }, keys: [ 'b:{a.id}' ] }"))
                .isNotEmpty()
                .allMatch(problem -> problem.contains("warning: column") && problem.contains("citext"));
    }

    @Test
    void anIdentityTooSmallForKeysIsAnErrorWithTheStatementThatMendsIt() {
        table("a", only("id"), "id int4", "b text?");
        assertThat(check("a: { table: a, id: id, keys: [ 'a:{b}' ] }"))
                .containsExactly(
                        "m.yaml:3:8: the replica identity of public.a does not carry b: the old keys of changed"
                                + " and deleted rows would be missed\n    ALTER TABLE public.a REPLICA IDENTITY FULL;");
    }

    @Test
    void aUniqueIndexThatCoversTheKeysIsPreferredToTheWholeRow() {
        CatalogTable a = table("a", only("id"), "id int4", "b text");
        tables.put(
                a.name(),
                new CatalogTable(
                        a.name(),
                        a.columns(),
                        List.of(
                                new UniqueIndex("a_pkey", List.of("id"), true),
                                new UniqueIndex("later", List.of("b", "id"), false),
                                new UniqueIndex("Both", List.of("b", "id"), true)),
                        a.identity(),
                        Optional.empty(),
                        List.of()));
        assertThat(check("a: { table: a, id: id, keys: [ 'a:{b}' ] }").get(0))
                .endsWith("ALTER TABLE public.a REPLICA IDENTITY USING INDEX \"Both\";");
    }

    @Test
    void joinParentAndIsolatingColumnsMustBeCarriedToo() {
        table("p", only("id"), "id int4");
        table("c", only("id"), "id int4", "pid int4?", "owner text");
        assertThat(check("p: { table: p, id: id }\n"
                        + "c: { table: c, id: id, isolate: owner, references: { p: pid }, parent: p }"))
                .singleElement()
                .asString()
                .contains("the replica identity of public.c does not carry owner, pid");
    }

    @Test
    void anIdentityTooSmallForComparisonsIsAWarning() {
        table("a", only("id"), "id int4", "b text", "c text");
        assertThat(check("a: { table: a, id: id, keys: [ { key: 'a:{id}', on: [b] } ] }"))
                .containsExactly(
                        "m.yaml:3:8: warning: the replica identity of public.a does not carry b: every update of"
                                + " a row counts as a change of them\n    ALTER TABLE public.a REPLICA IDENTITY FULL;");
        assertThat(check("a: { table: a, id: id, ignored: [c], keys: [ 'a:{id}' ] }"))
                .singleElement()
                .asString()
                .contains("warning:", "the columns that are not ignored");
    }

    @Test
    void partitionsAreLookedAtOneByOneAndCannotStandAlone() {
        CatalogTable one = table("p1", Identity.FULL, "id int4", "b text");
        CatalogTable two = table("p2", only("id"), "id int4", "b text");
        CatalogTable root = new CatalogTable(
                TableName.of("p"), one.columns(), one.uniqueIndexes(), only("id"), Optional.empty(), List.of(one, two));
        tables.put(root.name(), root);
        assertThat(check("p: { table: p, id: id, keys: [ 'p:{b}' ] }"))
                .singleElement()
                .asString()
                .endsWith("ALTER TABLE public.p2 REPLICA IDENTITY FULL;");
        tables.put(
                one.name(),
                new CatalogTable(
                        one.name(),
                        one.columns(),
                        one.uniqueIndexes(),
                        one.identity(),
                        Optional.of(root.name()),
                        List.of()));
        assertThat(check("p: { table: p1, id: id }"))
                .containsExactly(
                        "m.yaml:3:8: public.p1 is a partition of public.p; expected the partitioned table itself");
    }
}
