// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.invalidator.init.Tables;
import dev.freshet.invalidator.init.draft.Draft;
import dev.freshet.invalidator.init.draft.DraftKey;
import dev.freshet.invalidator.init.draft.Drafting;
import dev.freshet.model.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("memory")
class KeyGuessesTest {
    private final Schema schema = new Tables()
            .table("users", List.of("id"), "email:text")
            .table("orders", List.of("id"), "user_id:int4")
            .table("order_items", List.of("order_id", "line"))
            .table("polls_question", List.of("id"))
            .table("devices", List.of("id"), "id:uuid")
            .table("pages", List.of("slug"), "slug:text")
            .table("comments", List.of("id"), "page_slug:text")
            .foreignKey("orders", List.of("user_id"), "users", List.of("id"))
            .foreignKey("comments", List.of("page_slug"), "pages", List.of("slug"))
            .foreignKey("order_items", List.of("order_id"), "orders", List.of("id"))
            .schema();
    private final Draft draft = Drafting.draft(schema, Optional.empty(), Set.of());
    private final KeyNames names = new KeyNames();

    private KeyGuesses guesses(String... keys) {
        for (String key : keys) {
            names.add(key.getBytes(StandardCharsets.UTF_8));
        }
        return KeyGuesses.of(names, draft, schema);
    }

    private Map<String, Long> found(String... keys) {
        var found = new TreeMap<String, Long>();
        guesses(keys)
                .found()
                .forEach((entity, all) ->
                        all.forEach(each -> found.put(entity + " " + each.key().template(), each.keys())));
        return found;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            user:123                  | user user:{id}
            users:123                 | user users:{id}
            app:v2:user:123           | user app:v2:user:{id}
            user-123                  | user user-{id}
            user_id:123               | user user_id:{id}
            USER/123                  | user USER/{id}
            user:123:profile          | user user:{id}:profile
            {user:123}:profile        | user {{user:{id}}}:profile
            user:email:ada@example.org | user user:email:{email}
            cache:device:8a5b3c2e-1d4f-4a6b-9c8d-7e6f5a4b3c2d | device cache:device:{id}
            order:5:item:2            | order_item order:{order_id}:item:{line}
            orderItem:5:2             | order_item orderItem:{order_id}:{line}
            order:5:order-item:2      | order_item order:{order_id}:order-item:{line}
            user:5:order:7            | order user:{user_id}:order:{id}
            page:about-us-2024-edition | page page:{slug}
            """)
    void nameFitsATable(String key, String expected) {
        if (expected.equals("-")) {
            assertThat(found(key)).isEmpty();
        } else {
            assertThat(found(key)).containsExactly(Map.entry(expected, 1L));
        }
    }

    @Test
    void listOfAnotherTablesRowsIsStaleByTheirChangesAsWell() {
        assertThat(found("user:1:orders", "user:2:orders"))
                .containsOnly(Map.entry("user user:{id}:orders", 2L), Map.entry("order user:{user_id}:orders", 2L));
    }

    @Test
    void templateSaysWhatItNeeds() {
        assertThat(guesses("user:1:orders").found().get("order").get(0).key().notes())
                .containsExactly("needs: ALTER TABLE public.orders REPLICA IDENTITY FULL;");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"device:123", "invoice:7", "user:ada", "session:8a5b3c2e-1d4f-4a6b-9c8d-7e6f5a4b3c2d", "123:user"
            })
    void whatFitsNoTableOrNoTypeIsNotOffered(String key) {
        assertThat(found(key)).isEmpty();
    }

    @Test
    void textIdIsOfferedIfSeveralKeysDifferInItAlone() {
        assertThat(found("page:imprint")).isEmpty();
        assertThat(found("page:about")).containsExactly(Map.entry("page page:{slug}", 2L));
    }

    /** Whatever stands behind it: nothing, text, or another row. A single one may as well be text of the application's. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            page:%s                | page page:{slug}
            page:%s:body           | page page:{slug}:body
            page/%s/body/html      | page page/{slug}/body/html
            {page:%s}:body         | page {{page:{slug}}}:body
            app:pages:%s:v2:meta   | page app:pages:{slug}:v2:meta
            page:%s:comment:7      | comment page:{page_slug}:comment:{id}
            page:%s:comments       | comment page:{page_slug}:comments
            """)
    void aTextIdIsRecognisedWhereverItStands(String key, String expected) {
        assertThat(found(key.formatted("imprint"))).doesNotContainKey(expected);
        assertThat(found(key.formatted("about"))).containsEntry(expected, 2L);
        assertThat(found(key.formatted("contact-us"))).containsEntry(expected, 3L);
    }

    @Test
    void aTextIdThatIsNoWordAndOneThatIsAreOfOneTemplate() {
        assertThat(found("page:imprint", "page:about-us-2024-edition"))
                .containsExactly(Map.entry("page page:{slug}", 2L));
    }

    /** The number of a page, and a hash of a query, are in no row: a template would miss. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "users:page:%s",
                "user:5:orders:page:%s",
                "orders/latest/%s",
                "order_items:page:%s:20",
                "users:list:d41d8cd98f00b204e9800998ecf8427%s",
                "list:d41d8cd98f00b204e9800998ecf8427%s",
                "note:search:da39a3ee5e6b4b0d3255bfef95601890afd8070%s"
            })
    void pagesAndHashesAreNotOfferedButTold(String key) {
        Schema withoutPages = new Tables()
                .table("users", List.of("id"))
                .table("orders", List.of("id"), "user_id:int4")
                .table("order_items", List.of("order_id", "line"))
                .table("notes", List.of("slug"), "slug:text")
                .foreignKey("orders", List.of("user_id"), "users", List.of("id"))
                .schema();
        for (int page = 1; page <= 3; page++) {
            names.add(key.formatted(page).getBytes(StandardCharsets.UTF_8));
        }
        KeyGuesses guesses =
                KeyGuesses.of(names, Drafting.draft(withoutPages, Optional.empty(), Set.of()), withoutPages);
        assertThat(guesses.found()).isEmpty();
        assertThat(guesses.ofNoRow()).hasSize(1).containsValue(3L);
        assertThat(guesses.unmatched()).isEmpty();
    }

    /** A column may hold a hash: then it is named, or it is the id. */
    @Test
    void aHashThatIsAColumnIsOffered() {
        assertThat(found("user:email:d41d8cd98f00b204e9800998ecf8427e", "page:d41d8cd98f00b204e9800998ecf8427e"))
                .containsOnlyKeys("user user:email:{email}", "page page:{slug}");
    }

    @Test
    void whatIsNotOfferedIsCountedByItsShapeButNeverQuotedIfItMayBeAValue() {
        KeyGuesses guesses = guesses("invoice:7", "invoice:8", "ada:9", "secret:hunter2", "config");
        assertThat(guesses.unmatched()).containsExactly(Map.entry("invoice:<number>", 2L));
        assertThat(guesses.others()).isEqualTo(3);
    }

    @Test
    void binaryAndEndlessNamesAreCounted() {
        names.add(new byte[] {(byte) 0xAC, (byte) 0xED, 0, 5});
        names.add("x".repeat(5000).getBytes(StandardCharsets.UTF_8));
        assertThat(guesses().others()).isEqualTo(2);
        assertThat(names.all()).isEqualTo(2);
    }

    @Test
    void foundTemplatesReplaceTheDraftsOwn() {
        Draft applied = guesses("users:1", "users:2").applied(draft);
        assertThat(applied.entity("user").orElseThrow().keys()).singleElement().satisfies(key -> {
            assertThat(key.template()).isEqualTo("users:{id}");
            assertThat(key.notes()).containsExactly("a guess: 2 keys in Redis");
        });
        assertThat(applied.entity("page").orElseThrow().keys())
                .singleElement()
                .extracting(DraftKey::notes)
                .isEqualTo(List.of("no such key seen in Redis"));
    }
}
