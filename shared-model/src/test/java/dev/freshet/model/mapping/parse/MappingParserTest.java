// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.freshet.model.mapping.ColumnSet;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.KeyTemplate;
import dev.freshet.model.mapping.KeyTemplate.From;
import dev.freshet.model.mapping.KeyTemplate.Literal;
import dev.freshet.model.mapping.KeyTemplate.Path;
import dev.freshet.model.mapping.KeyTemplate.Role;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.MappingException;
import dev.freshet.model.mapping.Step;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.condition.Condition;
import java.io.StringReader;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MappingParserTest {
    private static Mapping parse(String yaml) {
        return MappingParser.parse("m.yaml", new StringReader(yaml));
    }

    private static List<String> errors(String yaml) {
        var refused = catchThrowableOfType(MappingException.class, () -> parse(yaml));
        assertThat(refused).as("must be refused:\n" + yaml).isNotNull();
        return refused.problems().stream()
                .map(problem -> problem.toString().replaceFirst(" \\[FR[0-9]{3}]", ""))
                .toList();
    }

    /** A mapping of a film shop with one more line, or lines, at its end. */
    private static String shop(String more) {
        return """
                freshet: 1
                entities:
                  film: { table: film, id: film_id, references: { spoken: { entity: language, columns: l1 }, original: { entity: language, columns: l2 } } }
                  language: { table: language, id: language_id }
                  inventory: { table: inventory, id: inventory_id, references: { film: film_id } }
                  rental: { table: rental, id: rental_id, references: { inventory: inventory_id } }
                """ + more.indent(2);
    }

    @Test
    void readsPathsInBothDirections() {
        Mapping mapping = parse(
                shop(
                        "x: { table: x, id: [a, b], references: { rental: a }, keys: [ \"stock:{rental.inventory.film_id}:{b}!\" ] }"));
        KeyTemplate template = mapping.entity("x").templates().get(0);
        assertThat(template.parts())
                .containsExactly(
                        new Literal("stock:"),
                        new Path(
                                List.of(
                                        new Step("rental", "rental", List.of("a"), List.of("rental_id")),
                                        new Step(
                                                "inventory",
                                                "inventory",
                                                List.of("inventory_id"),
                                                List.of("inventory_id"))),
                                "film_id"),
                        new Literal(":"),
                        new Path(List.of(), "b"),
                        new Literal("!"));
        assertThat(template.role()).isEqualTo(Role.OWN);
        assertThat(template.glob()).isEqualTo("stock:*:*!");
        assertThat(template.at()).hasToString("m.yaml:7:65");
        assertThat(mapping.entity("x").id()).containsExactly("a", "b");
    }

    @Test
    void stepsAgainstAReferenceCanNameIt() {
        Mapping mapping = parse(
                shop(
                        "y: { table: y, id: i, references: { language: l }, keys: [ \"f:{language.film(original).film_id}\" ] }"));
        Path path = (Path) mapping.entity("y").templates().get(0).parts().get(1);
        assertThat(path.steps().get(1))
                .isEqualTo(new Step("film(original)", "film", List.of("language_id"), List.of("l2")));
    }

    @Test
    void stepsThatLeadBackToTheirEntityCanRepeat() {
        Mapping mapping = parse(
                shop(
                        "y: { table: y, id: i, references: { up: { entity: y, columns: u } }, keys: [ { key: \"y:{lower(up*.i)}:{y(up)+.i}\", from: { up+: [n] } } ] }"));
        KeyTemplate template = mapping.entity("y").templates().get(0);
        assertThat(((Path) template.parts().get(1)).steps())
                .containsExactly(new Step("up*", "y", List.of("u"), List.of("i"), Step.Times.ANY));
        assertThat(((Path) template.parts().get(3)).steps())
                .containsExactly(new Step("y(up)+", "y", List.of("i"), List.of("u"), Step.Times.SOME));
        assertThat(template.from().get(0).steps().get(0).times()).isEqualTo(Step.Times.SOME);
    }

    @Test
    void rowsOfFromMayHaveACondition() {
        Mapping mapping = parse(
                shop(
                        "y: { table: y, id: i, references: { film: f }, keys: { key: 'y:{i}', from: { film: { on: [title], when: gone is null }, film.original: [] } } }"));
        List<From> from = mapping.entity("y").templates().get(0).from();
        assertThat(from).extracting(From::columns).containsExactly(ColumnSet.of(List.of("title")), ColumnSet.none());
        assertThat(from.get(0).when()).hasToString("\"gone\" is null");
        assertThat(from.get(1).when()).isEqualTo(Condition.ALWAYS);
    }

    @Test
    void defaultsAreThoseOfTheDocument() {

        Mapping mapping = parse("freshet: 1\nentities: { a: { table: t, id: i, ignored: [z], keys: 'a:{i}' } }");
        EntityMapping a = mapping.entity("a");
        assertThat(mapping.namespace()).isEqualTo("freshet");
        assertThat(a.table()).isEqualTo(new TableName("public", "t"));
        assertThat(a.tags()).isFalse();
        assertThat(a.isolate()).isEmpty();
        assertThat(a.parent()).isEmpty();
        for (ColumnSet set : List.of(
                a.inherited(), a.listed(), a.watched(), a.templates().get(0).on())) {
            assertThat(set.contains("any")).isTrue();
            assertThat(set.contains("z")).isFalse();
        }
    }

    @Test
    void listingWatchesListedColumnsAndTheParent() {
        Mapping mapping = parse("""
                freshet: 1
                entities:
                  p: { table: p, id: id }
                  c: { table: c, id: id, references: { p: pid }, parent: p, listed: [name], listing: "p:{pid}:cs" }
                """);
        assertThat(mapping.entity("c").templates().get(0).on()).isEqualTo(ColumnSet.of(List.of("name", "pid")));
        assertThat(mapping.childrenOf(mapping.entity("p"))).containsExactly(mapping.entity("c"));
    }

    @Test
    void anEntityCanBeItsOwnParent() {
        Mapping mapping = parse("""
                freshet: 1
                tags: true
                entities:
                  folder: { table: folder, id: id, references: { up: { entity: folder, columns: u } }, parent: up }
                  file: { table: file, id: id, references: { folder: f }, parent: folder }
                """);
        EntityMapping folder = mapping.entity("folder");
        Step up = new Step("up+", "folder", List.of("u"), List.of("id"), Step.Times.SOME);
        assertThat(mapping.ancestors(folder)).containsExactly(up);
        assertThat(mapping.ancestors(mapping.entity("file")))
                .containsExactly(new Step("folder", "folder", List.of("f"), List.of("id")), up);
        assertThat(mapping.childrenOf(folder)).containsExactly(folder, mapping.entity("file"));
        assertThat(mapping.subtreeOf(folder)).containsExactly(folder, mapping.entity("file"));
    }

    @Test
    void doubledBracesStandForBraces() {
        Mapping mapping = parse("freshet: 1\nentities: { a: { table: t, id: i, keys: '{{a}}:{i}' } }");
        assertThat(mapping.entity("a").templates().get(0).parts())
                .containsExactly(new Literal("{a}:"), new Path(List.of(), "i"));
    }

    @Test
    void namesWithOtherSignsAreQuotedAsInSql() {
        Mapping mapping = parse("""
                freshet: 1
                entities:
                  order:
                    table: '"my.shop"."Order Details"'
                    id: [ Order ID, '"a.b"' ]
                    references: { up: { entity: order, columns: [ '"up.id"', '"up.b"' ] } }
                    keys: [ 'o:{"Order ID"}:{up."a.b"}:{lower(up."say ""hi"", {x}")}' ]
                """);
        EntityMapping order = mapping.entity("order");
        assertThat(order.table()).isEqualTo(new TableName("my.shop", "Order Details"));
        assertThat(order.id()).containsExactly("Order ID", "a.b");
        assertThat(order.references().get(0).columns()).containsExactly("up.id", "up.b");
        assertThat(order.templates().get(0).parts().stream()
                        .filter(Path.class::isInstance)
                        .map(part -> ((Path) part).column()))
                .containsExactly("Order ID", "a.b", "say \"hi\", {x}");
    }

    @Test
    void globEscapesWhatRedisWouldRead() {
        Mapping mapping = parse("freshet: 1\nentities: { a: { table: t, id: i, keys: 'a[**]?:{i}' } }");
        assertThat(mapping.entity("a").templates().get(0).parts().get(0)).isEqualTo(new Literal("a[*]?:"));
        assertThat(mapping.entity("a").templates().get(0).glob()).isEqualTo("a\\[\\*\\]\\?:*");
    }

    @Test
    void severalProblemsAreToldInOneGo() {
        assertThat(errors("""
                freshet: 1
                namespce: x
                entities:
                  a: { table: t, id: i, keyz: [] }
                  b: { id: [] }
                """)).hasSize(4);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongFiles")
    void refusesWithPlaceAndExpectation(String name, String yaml, String expected) {
        assertThat(String.join("\n", errors(yaml))).contains(expected);
    }

    static Stream<Arguments> wrongFiles() {
        return Stream.of(
                Arguments.of("empty file", "", "m.yaml:1:1: the file is empty"),
                Arguments.of("broken YAML", "freshet: [1", "m.yaml:1:12: not YAML"),
                Arguments.of("not a map", "- 1", "m.yaml:1:1: the mapping: expected a map, found a list"),
                Arguments.of(
                        "no version",
                        "entities: { a: { table: t, id: i } }",
                        "m.yaml:1:1: the key 'freshet' is missing"),
                Arguments.of(
                        "later version",
                        "freshet: 2\nentities: { a: { table: t, id: i } }",
                        "m.yaml:1:10: freshet: expected 1, the only version of the language so far, found '2' (int)"),
                Arguments.of(
                        "unknown key",
                        shop("a: { table: t, id: i, ingored: [x] }"),
                        "m.yaml:7:25: unknown key 'ingored' in entity a; did you mean 'ignored'?"),
                Arguments.of(
                        "duplicate key",
                        shop("a: { table: t, id: i, table: u }"),
                        "'table' stands twice in entity a, first in line 7"),
                Arguments.of(
                        "duplicate entity",
                        shop("film: { table: t, id: i }"),
                        "m.yaml:7:3: 'film' stands twice in entities, first in line 3"),
                Arguments.of(
                        "no table", shop("a: { id: i }"), "m.yaml:7:3: entity a has no 'table', which is required"),
                Arguments.of(
                        "wrong type",
                        shop("a: { table: t, id: 7 }"),
                        "m.yaml:7:22: id of a: expected a column or a list of columns, found '7' (int)"),
                Arguments.of(
                        "tags not a boolean",
                        shop("a: { table: t, id: i, tags: yes }"),
                        "tags of a: expected true or false, found 'yes'"),
                Arguments.of(
                        "three-part table",
                        shop("a: { table: x.y.z, id: i }"),
                        "table 'x.y.z': expected schema.table or table"),
                Arguments.of(
                        "namespace",
                        "freshet: 1\nnamespace: Shop\nentities: { a: { table: t, id: i } }",
                        "m.yaml:2:12: namespace 'Shop': expected the form [a-z][a-z0-9-]*"),
                Arguments.of(
                        "reserved name",
                        shop("inherited: { table: t, id: i }"),
                        "an entity cannot be named 'inherited'"),
                Arguments.of(
                        "odd name", shop("'a:b': { table: t, id: i }"), "entity 'a:b': expected a name of the form"),
                Arguments.of(
                        "unknown entity",
                        shop("a: { table: t, id: i, references: { langage: l } }"),
                        "m.yaml:7:39: reference langage of a: unknown entity 'langage'; did you mean 'language'?"),
                Arguments.of(
                        "unequal length",
                        shop("a: { table: t, id: i, references: { language: [l, m] } }"),
                        "[l, m] cannot equal [language_id] of language; expected as many columns on both sides"),
                Arguments.of(
                        "reference without columns",
                        shop("a: { table: t, id: i, references: { x: { entity: film } } }"),
                        "reference x of a has no 'columns'"),
                Arguments.of(
                        "unknown parent",
                        shop("a: { table: t, id: i, references: { film: f }, parent: flim }"),
                        "parent of a: unknown reference 'flim'; did you mean 'film'?"),
                Arguments.of(
                        "one table twice",
                        shop("a: { table: public.rental, id: i }"),
                        "table public.rental of a is also that of rental (line 6); expected one entity a table"),
                Arguments.of(
                        "circle",
                        shop(
                                "a: { table: a, id: i, references: { b: b }, parent: b }\nb: { table: b, id: i, references: { c: c }, parent: c }\nc: { table: c, id: i, references: { a: a }, parent: a }"),
                        "parents go in a circle: a -> b -> c -> a"),
                Arguments.of(
                        "no literal text",
                        shop("a: { table: t, id: i, keys: [ '{i}{j}' ] }"),
                        "template '{i}{j}' of a: expected literal text beside the paths"),
                Arguments.of(
                        "wide not a boolean",
                        shop("a: { table: t, id: i, keys: { key: '{i}:x', wide: maybe } }"),
                        "wide of template of a: expected true or false, found 'maybe'"),
                Arguments.of(
                        "open brace", shop("a: { table: t, id: i, keys: [ 'x:{i' ] }"), "'{' is not closed by '}'"),
                Arguments.of("stray brace", shop("a: { table: t, id: i, keys: [ 'x:i}' ] }"), "'}' without '{'"),
                Arguments.of(
                        "wildcard",
                        shop("a: { table: t, id: i, keys: [ 'x:{i}:payments:*' ] }"),
                        "m.yaml:7:33: template 'x:{i}:payments:*' of a: '*' is no wildcard: keys are evicted by their whole"
                                + " name; expected {column} or {path.column} for what varies, or '**' for a star in the key"),
                Arguments.of(
                        "quote without end",
                        shop("a: { table: t, id: i, keys: [ 'x:{\"a b}' ] }"),
                        "a name with other signs stands in double quotes"),
                Arguments.of("empty path", shop("a: { table: t, id: i, keys: [ 'x:{}' ] }"), "'' is no path"),
                Arguments.of(
                        "unknown step",
                        shop("a: { table: t, id: i, references: { rental: r }, keys: [ 'x:{rental.inventry.f}' ] }"),
                        "no step 'inventry' leads on from rental; did you mean 'inventory'? expected one of inventory, a"),
                Arguments.of(
                        "ambiguous step",
                        shop("a: { table: t, id: i, references: { language: l }, keys: [ 'x:{language.film.f}' ] }"),
                        "step 'film' from language is ambiguous; expected one of film(spoken), film(original)"),
                Arguments.of(
                        "unknown chosen reference",
                        shop(
                                "a: { table: t, id: i, references: { language: l }, keys: [ 'x:{language.film(orignal).f}' ] }"),
                        "did you mean 'film(original)'?"),
                Arguments.of(
                        "step at the end",
                        shop(
                                "a: { table: t, id: i, references: { language: l }, keys: [ 'x:{language.film(original)}' ] }"),
                        "ends with a step; expected a column at its end"),
                Arguments.of(
                        "repeated step to another entity",
                        shop("a: { table: t, id: i, references: { film: f }, keys: [ 'x:{film+.t}' ] }"),
                        "step 'film+' repeats, but leads from a to film; expected a step that leads back to a"),
                Arguments.of(
                        "repeated step at the end",
                        shop(
                                "a: { table: t, id: i, references: { up: { entity: a, columns: u } }, keys: [ 'x:{up*}' ] }"),
                        "path 'up*' ends with a step; expected a column at its end"),
                Arguments.of(
                        "unknown from",
                        shop("a: { table: t, id: i, keys: [ { key: 'x:{i}', from: { flim: [t] } } ] }"),
                        "from 'flim' of a: no step 'flim' leads on from a"),
                Arguments.of(
                        "from without columns",
                        shop(
                                "a: { table: t, id: i, references: { film: f }, keys: { key: 'x:{i}', from: { film: { when: gone } } } }"),
                        "from film has no 'on', which is required; 'on: []' if only the rows themselves matter"),
                Arguments.of(
                        "unknown key of from",
                        shop(
                                "a: { table: t, id: i, references: { film: f }, keys: { key: 'x:{i}', from: { film: { on: [], whne: gone } } } }"),
                        "unknown key 'whne' in from film; did you mean 'when'?"),
                Arguments.of(
                        "condition of from",
                        shop(
                                "a: { table: t, id: i, references: { film: f }, keys: { key: 'x:{i}', from: { film: { on: [], when: gone == 1 } } } }"),
                        "when of from film: 'gone == 1' at character 6: expected one of"),
                Arguments.of(
                        "template without key",
                        shop("a: { table: t, id: i, keys: [ { on: [x] } ] }"),
                        "template of a has no 'key'"),
                Arguments.of(
                        "ignored id",
                        shop("a: { table: t, id: i, ignored: [i] }"),
                        "column 'i' of a cannot be ignored and be part of its id"),
                Arguments.of(
                        "tags without the parent's id",
                        "freshet: 1\ntags: true\nentities:\n  a: { table: a, id: i }\n  b: { table: b, id: i, references: { a: { columns: c, to: code } }, parent: a }",
                        "with tags expected the id of a, [i]"),
                Arguments.of(
                        "half isolated hierarchy",
                        "freshet: 1\ntags: true\nentities:\n  a: { table: a, id: i }\n  b: { table: b, id: i, isolate: u, references: { a: c }, parent: a }",
                        "entity a has no 'isolate', but its child b has"));
    }
}
