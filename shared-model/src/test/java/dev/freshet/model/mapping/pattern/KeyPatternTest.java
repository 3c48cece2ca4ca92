// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.freshet.model.mapping.check.Catalog;
import dev.freshet.model.mapping.check.CatalogTable;
import dev.freshet.model.mapping.check.CatalogTable.Column;
import dev.freshet.model.mapping.check.CatalogTable.Identity;
import dev.freshet.model.mapping.parse.MappingParser;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyPatternTest {
    private static final Map<String, Column> COLUMNS = Map.ofEntries(
            column("i", "int4"),
            column("b", "int8"),
            column("u", "uuid"),
            column("t", "text"),
            column("v", "varchar"),
            column("d", "date"),
            column("z", "timestamptz"),
            column("f", "bool"),
            column("n", "numeric"),
            column("x", "bytea"),
            column("own", "app.date"),
            Map.entry("e", new Column("enum", true, OptionalInt.empty(), true, List.of("open", "open up", "*"))));

    private static Map.Entry<String, Column> column(String name, String type) {
        return Map.entry(name, new Column(type, true));
    }

    private static KeyPatterns patterns(Catalog catalog, String... templates) {
        var yaml = "freshet: 1\nentities:\n  o: { table: o, id: i, references: { p: p }, keys: [ \""
                + String.join("\", \"", templates) + "\" ] }\n  p: { table: p, id: i }\n";
        return KeyPatterns.of(MappingParser.parse("m.yaml", new StringReader(yaml)), catalog);
    }

    private static KeyPatterns patterns(String... templates) {
        return patterns(
                name -> Optional.of(
                        new CatalogTable(name, COLUMNS, List.of(), Identity.FULL, Optional.empty(), List.of())),
                templates);
    }

    private static boolean matches(KeyPatterns patterns, String key) {
        return patterns.matches(patterns.globs().get(0), key.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "org:{i}       | org:7, org:0, org:-2147483648",
                "org:{i}:x     | org:7:x",
                "org:{p.b}     | org:-9223372036854775808",
                "org:{u}       | org:0f3d1a52-7a0b-4b3c-8f61-2f0f5e9c7a10",
                "org:{t}       | org:settings, org:, org:a:b, org:é*",
                "org:{t}:{i}   | org:a:b:5, org::5, org:5:5",
                "org:{d}       | org:2026-02-03, org:infinity, org:-infinity, org:0044-03-15 BC, org:5874897-12-31",
                "org:{z}       | org:2026-02-03 04:05:06+00, org:2026-02-03 04:05:06.123456+00, org:infinity",
                "org:{f}       | org:true, org:false",
                "org:{n}       | org:-3.50, org:3, org:NaN, org:Infinity",
                "org:{x}       | org:\\x00ff, org:\\x",
                "org:{e}       | org:open, org:open up, org:*",
                "org:{own}     | org:anything",
                "org:{unknown} | org:anything"
            })
    void findsWhatTheTemplateCanHaveMade(String template, String keys) {
        for (var key : keys.split(",", -1)) {
            assertThat(matches(patterns(template), key.stripLeading())).as(key).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "org:{i}     | org:settings, org:, org:7:members, org:7x, org:007, org:+7, org:12345678901, org:-, org:7.0",
                "org:{u}     | org:settings, org:0F3D1A52-7A0B-4B3C-8F61-2F0F5E9C7A10, org:0f3d1a52",
                "org:{t}:{i} | org:a:b, org:5, org:5:settings",
                "org:{d}     | org:settings, org:2026, org:2026-02-03:list",
                "org:{f}     | org:settings, org:t",
                "org:{n}     | org:settings, org:3., org:.5",
                "org:{x}     | org:settings, org:00ff",
                "org:{e}     | org:settings, org:opens",
                "o.g:{i}     | org:7"
            })
    void sparesWhatItCannotHaveMade(String template, String keys) {
        for (var key : keys.split(",", -1)) {
            assertThat(matches(patterns(template), key.stripLeading())).as(key).isFalse();
        }
    }

    @Test
    void withoutACatalogueEveryKeyOfTheGlobGoes() {
        assertThat(matches(patterns(name -> Optional.empty(), "org:{i}"), "org:settings"))
                .isTrue();
        assertThat(KeyPatterns.NONE.matches("org:*", new byte[0])).isTrue();
    }

    @Test
    void templatesWithOneGlobShareTheirKeys() {
        var both = patterns("org:{i}", "org:{d}");
        assertThat(both.globs()).containsExactly("org:*");
        assertThat(matches(both, "org:7")).isTrue();
        assertThat(matches(both, "org:2026-02-03")).isTrue();
        assertThat(matches(both, "org:settings")).isFalse();
    }

    @Test
    void aTypeThatWasChangedIsRemembered() {
        var both = patterns("org:{i}").and(patterns(name -> Optional.empty(), "org:{i}"));
        assertThat(matches(both, "org:settings")).isTrue();
        assertThat(matches(patterns("org:{i}").and(patterns("org:{i}")), "org:settings"))
                .isFalse();
    }

    @Test
    void keysThatAreNotTextAreCompared() {
        assertThat(patterns("org:{i}").matches("org:*", new byte[] {'o', 'r', 'g', ':', (byte) 0xff}))
                .isFalse();
        assertThat(patterns("é:{i}").matches("é:*", "é:5".getBytes(StandardCharsets.UTF_8)))
                .isTrue();
    }

    /** The application's own keys can be made to be slow to tell. */
    @Test
    void noKeyTakesLong() {
        var many = patterns("org:{t}:{v}:{t}:{v}:{t}:{i}");
        var key = "org" + ":".repeat(20_000) + "x";
        assertTimeoutPreemptively(
                Duration.ofSeconds(60), () -> assertThat(matches(many, key)).isTrue());
        var short_ = "org" + ":".repeat(20) + "x";
        assertThat(matches(many, short_)).isFalse();
        assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> assertThat(matches(patterns("org:{t}:{v}:{i}"), "org" + ":".repeat(3_000) + "x"))
                        .isFalse());
    }

    @Test
    void aKeyThatBeginsWithAValueIsToldByIt() {
        KeyPatterns number = patterns("{i}:x");
        assertThat(number.globs()).containsExactly("*:x");
        assertThat(matches(number, "7:x")).isTrue();
        assertThat(matches(number, "a:x")).isFalse();
        assertThat(matches(patterns("{md5(t)}:x"), "d41d8cd98f00b204e9800998ecf8427e:x"))
                .isTrue();
        assertThat(matches(patterns("{md5(t)}:x"), "d41d8cd98f00b204e9800998ecf8427:x"))
                .isFalse();
        assertThat(matches(patterns("o:{lower(i)}"), "o:anything")).isTrue();
    }

    @Test
    void aKeyThatBeginsWithAnythingIsNoneOfFreshetsOwn() {
        KeyPatterns text = patterns("{t}:x");
        assertThat(matches(text, "acme:x")).isTrue();
        assertThat(matches(text, "a:b:x")).isTrue();
        assertThat(matches(text, "shop:{u1}:~tag:x")).isFalse();
        assertThat(matches(text, "shop:~position:x")).isFalse();
        assertThat(text.isGlob("*:x")).isFalse();
        assertThat(patterns("o:{t}").isGlob("o:*")).isTrue();
    }
}
