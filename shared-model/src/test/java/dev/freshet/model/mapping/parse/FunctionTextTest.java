// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.freshet.model.mapping.KeyTemplate;
import dev.freshet.model.mapping.KeyTemplate.Literal;
import dev.freshet.model.mapping.KeyTemplate.Path;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.MappingException;
import dev.freshet.model.mapping.function.FunctionCall;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionTextTest {
    private static Mapping parse(String template) {
        return MappingParser.parse("m.yaml", new StringReader("""
                freshet: 1
                entities:
                  city: { table: city, id: id }
                  user:
                    table: user
                    id: id
                    references: { home: { entity: city, columns: home } }
                    keys:
                      - |-
                        %s
                """.formatted(template)));
    }

    private static KeyTemplate template(String text) {
        return parse(text).entity("user").templates().get(0);
    }

    private static String refusal(String template) {
        return catchThrowableOfType(MappingException.class, () -> parse(template))
                .getMessage();
    }

    @Test
    void functionsStandAroundAColumnOrAPath() {
        assertThat(template("u:{lower(email)}").parts())
                .containsExactly(
                        new Literal("u:"), new Path(List.of(), "email", List.of(new FunctionCall("lower", List.of()))));
        Path path =
                (Path) template("u:{ Left( LOWER(home.name) , 3 ) }").parts().get(1);
        assertThat(path.steps()).hasSize(1);
        assertThat(path.column()).isEqualTo("name");
        assertThat(path.functions())
                .containsExactly(new FunctionCall("lower", List.of()), new FunctionCall("left", List.of("3")));
    }

    @Test
    void quotedTextMayContainAnything() {
        Path path = (Path) template("u:{format(born, 'YYYY\"}, (it''s {\"MM', 'Asia/Tokyo')}:x")
                .parts()
                .get(1);
        assertThat(path.functions())
                .containsExactly(new FunctionCall("format", List.of("YYYY\"}, (it's {\"MM", "Asia/Tokyo")));
        assertThat(template("u:{md5(email)}x").glob()).isEqualTo("u:*x");
        Path replaced = (Path) template("u:{replace(split_part(email, '@', -1), ' ', '{}')}")
                .parts()
                .get(1);
        assertThat(replaced.functions())
                .containsExactly(
                        new FunctionCall("split_part", List.of("@", "-1")),
                        new FunctionCall("replace", List.of(" ", "{}")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "u:{lowr(email)} | unknown function 'lowr'; did you mean 'lower'? expected one of lower, upper, left, md5, format, replace, split_part, coalesce, substring, trim",
                "u:{date_trunc('month', born)} | unknown function 'date_trunc'; expected one of lower, upper, left, md5, format, replace, split_part, coalesce, substring, trim",
                "u:{left(email)} | function left with only a column; expected left(column, length)",
                "u:{left(3, email)} | argument email of left; expected a number, or text in single quotes",
                "u:{lower()} | the first argument of lower is missing; expected a column, or a path to one",
                "u:{lower('x')} | the first argument of lower is the text 'x'; expected a column",
                "u:{lower(hom.name)} | no step 'hom' leads on from user; did you mean 'home'?",
                "u:{lower(email} | ends with a step; expected a column",
                "u:{format(born, 'YYYY', 'Europe/Berlni')} | unknown time zone 'Europe/Berlni'; expected a name such as UTC or Europe/Berlin; did you mean 'Europe/Berlin'?",
            })
    void refusesWithPlaceAndExpectation(String template, String expected) {
        assertThat(refusal(template)).contains("m.yaml:9:9: template '" + template + "' of user: ", expected);
    }

    @Test
    void functionsAreForTemplatesAlone() {
        assertThat(catchThrowableOfType(
                                MappingException.class, () -> MappingParser.parse("m.yaml", new StringReader("""
                                        freshet: 1
                                        entities:
                                          a: { table: a, id: lower(id), isolate: "left(x, 1)" }
                                        """)))
                        .problems())
                .extracting(problem -> problem.at() + ": " + problem.message())
                .containsExactly(
                        "m.yaml:3:22: id of a: 'lower(id)' is a function; expected a column, as functions are only for the braces of templates",
                        "m.yaml:3:42: isolate of a: 'left(x, 1)' is a function; expected a column, as functions are only for the braces of templates");
    }
}
