// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.check.CatalogTable.Column;
import dev.freshet.model.mapping.check.CatalogTable.Identity;
import dev.freshet.model.mapping.check.CatalogTable.UniqueIndex;
import dev.freshet.model.mapping.parse.MappingParser;
import java.io.StringReader;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingCheckTest {
    private final Map<TableName, CatalogTable> tables = new HashMap<>();

    /**
     * A table whose primary key is its first column; {@code name type}, with {@code ?} if it can be null, {@code (2)} for a
     * scale, {@code ~} for a collation that is not deterministic, and {@code !} if the stream lacks it.
     */
    private CatalogTable table(String name, Identity identity, String... columns) {
        var byName = new LinkedHashMap<String, Column>();
        for (String column : columns) {
            String[] words = column.split(" ");
            String[] type = words[1].split("[(]");
            byName.put(
                    words[0],
                    new Column(
                            type[0].replaceAll("[?~!]", ""),
                            words[1].contains("?"),
                            type.length == 1
                                    ? OptionalInt.empty()
                                    : OptionalInt.of(Integer.parseInt(type[1].replaceAll("[)?!]", ""))),
                            !words[1].contains("~"),
                            List.of(),
                            !words[1].contains("!")));
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
                .map(problem -> problem.toString().replaceFirst(" \\[FR[0-9]{3}]", ""))
                .toList();
    }

    @Test
    void aTableWithItsWholeRowInTheWalIsRight() {
        table("a", Identity.FULL, "id int4", "b text?");
        assertThat(check("a: { table: a, id: id, keys: [ 'a:{b}' ] }")).isEmpty();
    }

    @Test
    void aGeneratedColumnThatIsNotPublishedIsWarnedOf() {
        table("a", Identity.FULL, "id int4", "slug text?!", "b text?");
        assertThat(check("a: { table: a, id: id, keys: [ 'a:{slug}', 'b:{slug}' ] }"))
                .singleElement()
                .asString()
                .contains(
                        "warning: column 'slug' of public.a is generated",
                        "keys and tags that need it are evicted by pattern");
        assertThat(check("a: { table: a, id: id, keys: [ { key: 'a:{id}', on: [slug] } ] }"))
                .singleElement()
                .asString()
                .contains(
                        "warning: column 'slug' of public.a is generated", "every update of a row counts as a change");
        assertThat(check("a: { table: a, id: id, ignored: [slug], keys: [ 'a:{id}' ] }"))
                .isEmpty();
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
        table("a", Identity.FULL, "id int4", "doc jsonb", "list _int4", "span tstzrange");
        assertThat(check("a: { table: a, id: id, keys: [ 'a:{doc}', 'b:{list}', 'c:{span}' ] }"))
                .hasSize(3)
                .allMatch(problem -> problem.contains("which keys cannot be built from"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "numeric     | bigint, or numeric with a scale, as numeric(10,0)",
                "float8      | bigint, or numeric with a scale, as numeric(10,0)",
                "citext      | text with a deterministic collation",
                "text~       | text with a deterministic collation",
                "interval    | bigint"
            })
    void typesWhoseEqualValuesPrintDifferentlyAreRefusedWhereRowsAreMatched(String type, String instead) {
        String message = " is of type " + TypeNames.printed(type.replace("~", ""))
                + ", whose equal values may print differently, and tags,"
                + " isolates and joins go by what is printed; expected " + instead;
        table("a", Identity.FULL, "id " + type);
        table("b", Identity.FULL, "id int4", "a " + type, "owner " + type);
        assertThat(check("a: { table: a, id: id }")).containsExactly("m.yaml:3:18: column 'id' of public.a" + message);
        assertThat(check("b: { table: b, id: id, isolate: owner }"))
                .containsExactly("m.yaml:3:26: column 'owner' of public.b" + message);
        assertThat(check("a: { table: a, id: id }\nb: { table: b, id: id, references: { a: a }, parent: a }"))
                .hasSize(3)
                .allMatch(problem -> problem.endsWith(message))
                .anyMatch(problem -> problem.contains("'a' of public.b"));
        assertThat(check(
                        "a: { table: a, id: id }\nb: { table: b, id: id, references: { a: a }, keys: [ 'b:{a.id}' ] }"))
                .anyMatch(problem -> problem.endsWith("'a' of public.b" + message));
    }

    @Test
    void aKeyFromAColumnWhoseEqualValuesPrintDifferentlyIsWarnedOf() {
        table("a", Identity.FULL, "id int4", "price numeric", "at text~");
        assertThat(check("a: { table: a, id: id, keys: [ 'a:{price}', 'b:{at}' ] }"))
                .hasSize(2)
                .allMatch(problem -> problem.contains("warning: column") && problem.contains("who names the key"));
    }

    @ParameterizedTest
    @CsvSource({
        "int4, int8",
        "numeric(2), numeric(2)",
        "numeric(0), int8",
        "numeric(-2), numeric(0)",
        "text, varchar",
        "bpchar, bpchar",
        "timestamptz, timestamptz"
    })
    void columnsThatPrintEqualValuesAlikeAreJoined(String one, String other) {
        table("a", Identity.FULL, "id " + one, "owner " + one);
        table("b", Identity.FULL, "id " + other, "a " + other, "owner " + other);
        assertThat(check("a: { table: a, id: id, isolate: owner }\n"
                        + "b: { table: b, id: id, isolate: owner, references: { a: a }, parent: a }"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "numeric(2), numeric(0)",
        "numeric(2), int4",
        "date, timestamp",
        "timestamp, timestamptz",
        "bpchar, text",
        "varchar, bpchar",
        "int4, text"
    })
    void columnsThatPrintEqualValuesDifferentlyAreNotJoined(String one, String other) {
        table("a", Identity.FULL, "id " + one, "owner int4");
        table("b", Identity.FULL, "id " + other, "a " + other, "owner " + other);
        assertThat(check("a: { table: a, id: id }\nb: { table: b, id: id, references: { a: a }, parent: a }"))
                .singleElement()
                .asString()
                .startsWith("m.yaml:4:40: column 'a' of public.b is of type " + shown(other)
                        + " and column 'id' of public.a of type " + shown(one))
                .endsWith(": equal values print differently; expected the same type");
        table("b", Identity.FULL, "id " + other, "a " + one, "owner " + one);
        table("a", Identity.FULL, "id " + one, "owner " + other);
        assertThat(check("a: { table: a, id: id, isolate: owner }\n"
                        + "b: { table: b, id: id, isolate: owner, references: { a: a }, parent: a }"))
                .singleElement()
                .asString()
                .startsWith("m.yaml:4:26: column 'owner' of public.b");
    }

    private static String shown(String type) {
        return type.contains("(") ? type.replaceAll("[(](.+)[)]", " with $1 decimals") : TypeNames.printed(type);
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "format(day, 'YYYY') |",
                "format(at, 'YYYY', 'Europe/Berlin') |",
                "format(local, 'YYYY', 'Europe/Berlin') |",
                "lower(name) |",
                "md5(format(at, 'YYYY')) |",
                "format(day, 'YYYY', 'UTC') | column 'day' of public.a is of type date, which has no time zone; expected format without 'UTC'",
                "format(name, 'YYYY') | column 'name' of public.a is of type text, which format does not take; expected a date, or a timestamp with or without time zone",
                "format(left(at, 10), 'YYYY') | format follows another function; expected a date or time stamp, as of a column",
                "lower(nam) | table public.a has no column 'nam'; did you mean 'name'?",
                "md5(doc) | column 'doc' of public.a is of type jsonb, which keys cannot be built from",
            })
    void functionsFitTheTypesOfTheirColumns(String call, String expected) {
        table(
                "a",
                Identity.FULL,
                "id int4",
                "day date?",
                "at timestamptz",
                "local timestamp",
                "name text",
                "doc jsonb");
        List<String> problems = check("a:\n  table: a\n  id: id\n  keys:\n    - |-\n      a:{" + call + "}");
        if (expected == null) {
            assertThat(problems).isEmpty();
        } else {
            assertThat(problems).singleElement().asString().contains("m.yaml:7:9: " + expected);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "gone is null and doc is not null |",
                "nr = 3 or name in ('a', '') |",
                "yes and not (no is true) |",
                "price = 3.50 |",
                "nr = big |",
                "day = '2024-01-31' |",
                "nmae = 'x' | table public.a has no column 'nmae'; did you mean 'name'?",
                "nr = 03 | is never true: no value of type integer prints as '03'",
                "nr = 'x' | is never true: no value of type integer prints as 'x'",
                "yes = 't' | is never true: no value of type boolean prints as 't'; expected true or false",
                "price = 3.5 | is never true: no value of type numeric with 2 decimals prints as '3.5'",
                "day = '31.1.2024' | is never true: no value of type date prints as '31.1.2024'",
                "nr = name | compares integer with text, whose equal values print differently; expected the same type",
                "loose = 3 | a condition compares column 'loose' of public.a, which is of type numeric, by what is printed, and equal values may print differently; expected bigint",
                "nr < 2.5 and big >= nr and loose > 3.5 and loose <= price |",
                "day >= '2024-01-31' and gone < '2024-01-31 00:00:00+00' |",
                "name like 'a%' and name not like '%b' |",
                "gone < '2024-01-31' | compares \"gone\" with '2024-01-31', which is no such value; expected one like '2024-01-31 00:00:00+00'",
                "day < '2024-01-31 10:00:00' | which is no such value; expected one like '2024-01-31'",
                "day < 3 | compares \"day\" with '3', which is no such value; expected one like '2024-01-31'",
                "name < '2024-01-31' | orders values of column 'name' of public.a, which is of type text, and only the database knows the order of its collation; expected smallint, int, bigint, numeric, date, timestamp or timestamptz",
                "yes > 1 | which is of type boolean, whose order is not told by what is printed; expected smallint",
                "nr < day | compares integer with date; expected the same type",
                "nr like '1%' | matches column 'nr' of public.a, which is of type integer; expected text or varchar with a deterministic collation",
                "doc = 'x' | which is of type jsonb, by what is printed, and equal values may print differently; expected 'is null' or 'is not null'",
            })
    void conditionsFitTheTypesOfTheirColumns(String when, String expected) {
        table(
                "a",
                Identity.FULL,
                "id int4",
                "gone timestamptz?",
                "doc jsonb?",
                "nr int4",
                "big int8",
                "name text",
                "yes bool",
                "no bool",
                "price numeric(2)",
                "loose numeric",
                "day date");
        List<String> problems =
                check("a:\n  table: a\n  id: id\n  keys:\n    - key: a:{id}\n      when: |-\n        " + when);
        if (expected == null) {
            assertThat(problems).isEmpty();
        } else {
            assertThat(problems).singleElement().asString().contains("m.yaml:7:14: ", expected);
        }
    }

    @Test
    void aConditionNeedsNoIdentityButIsBetterWithOne() {
        table("a", only("id"), "id int4", "gone timestamptz?");
        assertThat(check("a: { table: a, id: id, keys: { key: 'a:{id}', on: [id], when: gone is null } }"))
                .singleElement()
                .asString()
                .contains("warning: the replica identity of public.a does not carry gone");
    }

    @Test
    void aConditionOfFurtherRowsFitsTheirTable() {
        table("a", Identity.FULL, "id int4");
        table("b", only("id", "a"), "id int4", "a int4", "gone timestamptz?", "nr int4");
        String mapping = "a: { table: a, id: id, keys: { key: 'a:{id}', on: [], from: { b: { on: [], when: %s } } } }\n"
                + "b: { table: b, id: id, references: { a: a } }";
        assertThat(check(mapping.formatted("gone is null")))
                .singleElement()
                .asString()
                .contains("warning: the replica identity of public.b does not carry gone: every update");
        assertThat(check(mapping.formatted("gnoe is null")))
                .singleElement()
                .asString()
                .contains("table public.b has no column 'gnoe'; did you mean 'gone'?");
        assertThat(check(mapping.formatted("nr = 'x'")))
                .anyMatch(problem -> problem.contains("no value of type integer prints as 'x'"));
    }

    @Test
    void aKeyBeginsWithAValueThatAPurgeCanTell() {

        table("a", Identity.FULL, "id int4", "name text", "at date");
        assertThat(check("a: { table: a, id: id, keys: [ '{id}:x', '{at}:x', '{md5(name)}:x' ] }"))
                .isEmpty();
        assertThat(check("a: { table: a, id: id, keys: { key: '{name}:x', wide: true } }"))
                .isEmpty();
        assertThat(check("a: { table: a, id: id, keys: '{name}:x' }"))
                .containsExactly(
                        "m.yaml:3:32: template '{name}:x' begins with column 'name' of public.a, which is of type text and"
                                + " can hold anything: a purge would delete every key that ends like the template, whoever"
                                + " stored it; expected text at the beginning, or 'wide: true' beside 'key'");
        assertThat(check("a: { table: a, id: id, keys: '{lower(name)}:x' }"))
                .singleElement()
                .asString()
                .contains("begins with column 'name' of public.a, after a function, and can hold anything");
    }
}
