// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.invalidator.InvalidatorMain;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.cli.CommandRunner;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of part that a template can have is explained, or said not to be known. */
@Tag("memory")
class ExplainLanguageTest {
    private static final String MAPPING = """
            freshet: 1
            entities:
              account:
                table: 'public."a.b"'
                id: id
                references: { team: team_id }
                keys:
                  - "by-mail:{lower(email)}"
                  - "hash:{md5(left(email, 3))}"
                  - "report:{id}:{format(paid_at, 'YYYY-MM')}"
                  - { key: "paid:{id}", on: [amount], when: "status in ('paid', 'it''s') and not test" }
                  - { key: "dear:{id}", on: [], when: "amount >= 3.5 and email like 'a%' and paid_at < '2024-01-31'" }
                  - "host:{coalesce(trim(split_part(email, '@', 2)), 'none')}"
                  - "part:{substring(email, 2, 3)}:{replace(email, '@', '''')}"
                  - 'mail:{"e-mail"}:**'
              team:
                table: team
                id: id
                keys:
                  - { key: "{slug}:users", wide: true }
                  - { key: "team:{id}:accounts", from: { account: { on: [email], when: not test } } }
              folder:
                table: folder
                id: id
                references: { parent: { entity: folder, columns: parent_id } }
                keys:
                  - { key: "size:{parent*.id}", on: [bytes] }
                  - { key: "rights:{id}", from: { parent+: [owner] } }
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @BeforeEach
    void prepare() throws Exception {
        Files.writeString(folder.resolve("m.yaml"), MAPPING);
    }

    @Test
    void aFunctionThatTheDatabaseHasIsPartOfTheStatement() {
        assertThat(explain("by-mail:ada@x")).isZero();
        assertThat(out.toString())
                .contains("by-mail:{lower(email)}    keys of account, ")
                .contains("values   lower(email) = ada@x")
                .contains("FROM public.\"a.b\" t0\n           WHERE lower(t0.email::text) = 'ada@x'\n");
        clear();
        String hash = "0123456789abcdef0123456789abcdef";
        assertThat(explain("hash:" + hash)).isZero();
        assertThat(out.toString())
                .contains("values   md5(left(email, '3')) = " + hash)
                .contains("WHERE md5(convert_to(left(t0.email::text, 3), 'UTF8')) = '" + hash + "'");
        clear();
        assertThat(explain("host:none")).isZero();
        assertThat(out.toString())
                .contains("values   coalesce(trim(split_part(email, '@', '2')), 'none') = none")
                .contains("WHERE coalesce(btrim(split_part(t0.email::text, '@', 2)), 'none') = 'none'");
        clear();
        assertThat(explain("part:da:x")).isZero();
        assertThat(out.toString())
                .contains("WHERE substring(t0.email::text, 2, 3) = 'da' AND replace(t0.email::text, '@', '''') = 'x'");
        clear();
        assertThat(explain("hash:0")).isZero();
        assertThat(out.toString()).contains("no template of the mapping makes this key", "expected {md5(left(email");
    }

    @Test
    void aFunctionWithoutInverseIsSaidToHaveNone() throws Exception {
        assertThat(explain("report:7:2026-11")).isZero();
        assertThat(out.toString())
                .contains("values   id = 7, format(paid_at, 'YYYY-MM') = 2026-11")
                .contains("rows     not looked up: they cannot be told from the key: function format has no inverse")
                .contains("goes at  account: insert, delete, update of any column (own)")
                .contains("Types of columns are not known: no database was asked; give --jdbc-url.")
                .doesNotContain("found by");
        clear();
        assertThat(explain("report:7:2026-11", "--format=json")).isZero();
        JsonNode template = json().path("templates").get(0);
        assertThat(template.has("sql")).isFalse();
        assertThat(template.path("rows").path("unknown").asText()).contains("function format has no inverse");
        assertThat(template.path("values")
                        .get(0)
                        .path("format(paid_at, 'YYYY-MM')")
                        .asText())
                .isEqualTo("2026-11");
    }

    @Test
    void aConditionStandsWithItsTemplateAndInItsStatement() throws Exception {
        assertThat(explain("paid:7")).isZero();
        assertThat(out.toString())
                .containsPattern("paid:\\{id}    keys of account, .*\n  when     .*\"status\" = 'paid'")
                .contains("goes at  account: insert, delete, update of amount, id, status, test (own)")
                .contains("WHERE t0.id = '7'\n             AND (")
                .contains("t0.status::text = 'paid'", "'it''s'", "NOT (", "t0.test::text");
        clear();
        assertThat(explain("paid:7", "--format=json")).isZero();
        assertThat(json().path("templates").get(0).path("when").asText()).contains("\"status\"", "'it''s'");
        clear();
        assertThat(explain("account", "7")).isZero();
        assertThat(out.toString())
                .containsPattern("paid:\\{id}    keys of account, .*\n  when     .*\"status\" = 'paid'")
                .contains("  keys     1: paid:7");
    }

    @Test
    void anOrderIsThatOfTheValuesAlsoInTheStatement() {
        assertThat(explain("dear:7")).isZero();
        assertThat(out.toString())
                .contains("\"amount\" >= '3.5'")
                .contains("NOT (t0.amount < 3.5)", "t0.email::text LIKE 'a%'", "t0.paid_at < '2024-01-31'");
    }

    @Test
    void aConditionOnFurtherRowsStandsWithThem() throws Exception {
        assertThat(explain("team:7:accounts")).isZero();
        assertThat(out.toString())
                .contains(
                        "           account: insert, delete, update of email, team_id, id, test, while not (\"test\" = 'true')"
                                + " (related)");
        clear();
        assertThat(explain("team:7:accounts", "--format=json")).isZero();
        JsonNode influences = json().path("templates").get(0).path("evictedBy");
        assertThat(influences.get(0).has("while")).isFalse();
        assertThat(influences.get(1).path("while").asText()).isEqualTo("not (\"test\" = 'true')");
    }

    @Test
    void aStepThatRepeatsIsShownAndRowsAreNotGuessed() throws Exception {
        assertThat(explain("size:7")).isZero();
        assertThat(out.toString())
                .contains("values   parent*.id = 7")
                .contains("rows     not looked up: they cannot be told from the key: step parent* repeats")
                .contains("goes at  folder: insert, delete, update of bytes, parent_id, id (own)")
                .contains("           folder by parent*: insert, delete, update of ")
                .contains("           folder within parent*: insert, delete, update of ");
        clear();
        // The steps of 'from' are no part of the key.
        assertThat(explain("rights:7")).isZero();
        assertThat(out.toString()).contains("found by", "WHERE t0.id = '7'");
        clear();
        assertThat(explain("folder", "7", "--format=json")).isZero();
        JsonNode influences = json().path("templates").get(0).path("evictedBy");
        assertThat(influences).hasSize(3);
        assertThat(influences.get(0).path("route").get(0).path("repeats").asText())
                .isEqualTo("*");
        assertThat(influences.get(2).path("within").asBoolean()).isTrue();
        clear();
        assertThat(explain("folder", "7")).isZero();
        assertThat(out.toString())
                .contains("up to folder by reference parent (parent_id = folder.id), zero times or more")
                .contains("  keys     size:*; not counted: no database was asked");
    }

    @Test
    void aKeyMayBeginWithAValueAndContainStarsAndNamesMayBeQuoted() {
        assertThat(explain("acme:users")).isZero();
        assertThat(out.toString()).contains("{slug}:users    keys of team", "values   slug = acme");
        clear();
        assertThat(explain("freshet:{x}:users")).isZero();
        assertThat(out.toString()).contains("is a key of Freshet's own").doesNotContain("{slug}:users");
        clear();
        assertThat(explain("other:{x}:users")).isZero();
        assertThat(out.toString())
                .contains("no template of the mapping makes this key", "expected a name that Freshet does not reserve");
        clear();
        assertThat(explain("mail:a@b:*")).isZero();
        assertThat(out.toString()).contains("values   \"e-mail\" = a@b", "WHERE t0.\"e-mail\" = 'a@b'");
        clear();
        assertThat(explain("public.\"a.b\"", "7")).isZero();
        assertThat(out.toString()).contains("entity account", "report:{id}:{format(paid_at, 'YYYY-MM')}");
        clear();
        assertThat(explain("a.b.c", "7")).isEqualTo(2);
        assertThat(err.toString()).contains("table 'a.b.c' is not in", "public.\"a.b\"");
    }

    private void clear() {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
    }

    private JsonNode json() throws Exception {
        return new ObjectMapper().readTree(out.toString());
    }

    private int explain(String... arguments) {
        var all = new ArrayList<>(List.of("explain", "--mapping=" + folder.resolve("m.yaml")));
        all.addAll(List.of(arguments));
        return CommandRunner.commandLine(new InvalidatorMain(), new Environment(Map.of()))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }
}
