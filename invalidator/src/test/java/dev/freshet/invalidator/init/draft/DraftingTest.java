// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.invalidator.init.Tables;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.schema.Schema;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("memory")
class DraftingTest {
    private final Tables tables = new Tables();

    private Draft draft() {
        return Drafting.draft(tables.schema(), Optional.empty(), Set.of());
    }

    private DraftEntity entity(String name) {
        return draft().entity(name).orElseThrow(() -> new AssertionError("no " + name + " in " + draft()));
    }

    private static List<String> templates(DraftEntity entity) {
        return entity.keys().stream().map(DraftKey::template).toList();
    }

    @Test
    void pluralTableBecomesASingularEntityWithOneKey() {
        tables.table("users", List.of("id"));
        DraftEntity user = entity("user");
        assertThat(user.guess()).contains("singular of users");
        assertThat(user.id()).containsExactly("id");
        assertThat(templates(user)).containsExactly("user:{id}");
    }

    @Test
    void noTwoEntitiesAreNamedAlike() {
        tables.table("users", List.of("id"))
                .table("user", List.of("id"))
                .table("sales.orders", List.of("id"))
                .table("archive.orders", List.of("id"))
                .table("orders", List.of("id"))
                .table("inherited", List.of("id"))
                .table("2fa", List.of("id"))
                .table("fa", List.of("id"))
                .table("\u0437\u0430\u043a\u0430\u0437\u044b", List.of("id"));
        assertThat(draft().entities().stream().map(DraftEntity::name))
                .containsExactlyInAnyOrder(
                        "users",
                        "user",
                        "order",
                        "sales_order",
                        "archive_order",
                        "inherited_2",
                        "fa",
                        "public_fa",
                        "table");
    }

    @Test
    void referenceIsNamedAfterItsColumnIfThatSaysMore() {
        tables.table("users", List.of("id"))
                .table("post", List.of("id"), "author_id:int4", "user_id:int4", "parent_id:int4?")
                .table("note", List.of("id"), "user_id:int4")
                .foreignKey("post", List.of("author_id"), "users", List.of("id"))
                .foreignKey("post", List.of("user_id"), "users", List.of("id"))
                .foreignKey("post", List.of("parent_id"), "post", List.of("id"))
                .foreignKey("note", List.of("user_id"), "users", List.of("id"))
                .foreignKey("note", List.of("user_id"), "users", List.of("id"));
        assertThat(entity("post").references())
                .extracting(DraftReference::name, DraftReference::entity)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("author", "user"),
                        org.assertj.core.groups.Tuple.tuple("user", "user"),
                        org.assertj.core.groups.Tuple.tuple("parent", "post"));
        assertThat(entity("note").references()).hasSize(1);
        assertThat(entity("note").references().get(0).name()).isEqualTo("user");
    }

    @Test
    void referenceToAnotherKeyThanTheIdNamesIt() {
        tables.table("country", List.of("id"), "iso:text")
                .table("city", List.of("id"), "iso:text")
                .foreignKey("city", List.of("iso"), "country", List.of("iso"));
        assertThat(entity("city").references())
                .containsExactly(new DraftReference("iso", "country", List.of("iso"), List.of("iso"), false));
    }

    @Test
    void aColumnThatIsNamedLikeTheIdItPointsAtSaysNothing() {
        tables.table("person", List.of("businessentityid"))
                .table("address", List.of("addressid"))
                .table("image", List.of("id"))
                .table("employee", List.of("businessentityid"))
                .table("cover", List.of("id", "billtoaddressid"))
                .foreignKey("employee", List.of("businessentityid"), "person", List.of("businessentityid"))
                .foreignKey("cover", List.of("id"), "image", List.of("id"))
                .foreignKey("cover", List.of("billtoaddressid"), "address", List.of("addressid"));
        assertThat(entity("employee").references())
                .extracting(DraftReference::name)
                .containsExactly("person");
        assertThat(entity("cover").references())
                .extracting(DraftReference::name)
                .containsExactly("image", "billtoaddress");
    }

    @Test
    void listsOfJoinTablesHavePluralNames() {
        tables.table("community", List.of("id"))
                .table("box", List.of("id"))
                .table("boxed", List.of("community_id", "box_id"))
                .foreignKey("boxed", List.of("community_id"), "community", List.of("id"))
                .foreignKey("boxed", List.of("box_id"), "box", List.of("id"));
        assertThat(templates(entity("boxed"))).contains("community:{community_id}:boxes", "box:{box_id}:communities");
    }

    @Test
    void rowsThatAreJoinedAreNotCalledLikeRowsThatRefer() {
        tables.table("users", List.of("id"))
                .table("entries", List.of("id"), "user_id:int4")
                .table("subscriptions", List.of("user_id", "entry_id"))
                .foreignKey("entries", List.of("user_id"), "users", List.of("id"))
                .foreignKey("subscriptions", List.of("user_id"), "users", List.of("id"))
                .foreignKey("subscriptions", List.of("entry_id"), "entries", List.of("id"));
        assertThat(templates(entity("subscription")))
                .contains("user:{user_id}:subscriptions", "entry:{entry_id}:users");
    }

    @Test
    void compositeReferenceKeepsTheOrderOfItsColumns() {
        tables.table("item", List.of("tenant_id", "id"))
                .table("stock", List.of("tenant_id", "item_id"))
                .foreignKey("stock", List.of("tenant_id", "item_id"), "item", List.of("tenant_id", "id"));
        assertThat(entity("stock").references())
                .containsExactly(new DraftReference(
                        "item", "item", List.of("tenant_id", "item_id"), List.of("tenant_id", "id"), true));
        assertThat(templates(entity("stock"))).containsExactly("stock:{tenant_id}:{item_id}");
    }

    @Test
    void joinTableHasTheListsOfBothSides() {
        tables.table("actors", List.of("id"))
                .table("film", List.of("id"))
                .table("film_actor", List.of("actor_id", "film_id"))
                .foreignKey("film_actor", List.of("actor_id"), "actors", List.of("id"))
                .foreignKey("film_actor", List.of("film_id"), "film", List.of("id"));
        assertThat(templates(entity("film_actor")))
                .containsExactly("film_actor:{actor_id}:{film_id}", "actor:{actor_id}:films", "film:{film_id}:actors");
        assertThat(entity("film_actor").keys().get(1).notes()).allMatch(note -> note.startsWith("a guess"));
    }

    @Test
    void joinOfOneTableWithItselfIsNamedByItsReferences() {
        tables.table("users", List.of("id"))
                .table("follows", List.of("follower_id", "followed_id"))
                .foreignKey("follows", List.of("follower_id"), "users", List.of("id"))
                .foreignKey("follows", List.of("followed_id"), "users", List.of("id"));
        assertThat(templates(entity("follow"))).contains("user:{follower_id}:followed", "user:{followed_id}:follower");
    }

    @Test
    void tableWithoutPrimaryKeyIsIdentifiedByAUniqueKeyAndSaysWhatItNeeds() {
        tables.bare("badge", List.of(List.of("code")), "code:text");
        assertThat(entity("badge").id()).containsExactly("code");
        assertThat(entity("badge").notes())
                .containsExactly("needs: ALTER TABLE public.badge REPLICA IDENTITY USING INDEX badge_0;");
    }

    @Test
    void whatCannotBeMappedIsToldWithTheReason() {
        tables.bare("log", List.of(), "line:text")
                .bare("loose", List.of(List.of("code")), "code:text?")
                .table("measure", List.of("at"), "at:float8")
                .table("blank", List.of(" "));
        Draft draft = draft();
        assertThat(draft.entities()).isEmpty();
        assertThat(draft.leftOut().get(TableName.of("log"))).contains("no primary key", "add a primary key");
        assertThat(draft.leftOut().get(TableName.of("loose"))).contains("'code'", "can be null");
        assertThat(draft.leftOut().get(TableName.of("measure"))).contains("double precision", "expected bigint");
        assertThat(draft.leftOut().get(TableName.of("blank"))).contains("cannot be written");
        assertThat(draft.leftOut()).hasSize(4);
    }

    @Test
    void aTableWithDotsInItsNameIsMappedInQuotes() {
        tables.table("\"a.b.c\"", List.of("id"));
        assertThat(draft().entities()).extracting(DraftEntity::table).containsExactly(new TableName("public", "a.b.c"));
    }

    @Test
    void aSecondKeyIsTakenIfTheFirstCannotBeUsed() {
        tables.table(
                TableName.of("measure"),
                Set.of("at", "code"),
                List.of(List.of("at"), List.of("code")),
                "at:float8",
                "code:text");
        assertThat(entity("measure").id()).containsExactly("code");
    }

    @Test
    void aColumnWhoseNameNeedsQuotesHasThemInTemplates() {
        tables.table("odd", List.of("a.b"))
                .table("order lines", List.of("Order ID", "say \"}\""))
                .table("plain", List.of("Id_2"));
        assertThat(templates(entity("odd"))).containsExactly("odd:{\"a.b\"}");
        assertThat(templates(entity("order_line"))).containsExactly("order_line:{\"Order ID\"}:{\"say \"\"}\"\"\"}");
        assertThat(templates(entity("plain"))).containsExactly("plain:{Id_2}");
        assertThat(entity("odd").notes()).isEmpty();
    }

    @Test
    void ownerIsAGuessThatNeedsNothingIfTheIdHasIt() {
        tables.table("item", List.of("tenant_id", "id")).table("tag", List.of("id"), "tenant_id:int4");
        assertThat(entity("item").owner())
                .contains(new DraftOwner("tenant_id", "2 of 2 tables have it", Optional.empty()));
        assertThat(entity("tag").owner().orElseThrow().needs())
                .contains("ALTER TABLE public.tag REPLICA IDENTITY FULL;");
    }

    @Test
    void aColumnOfFewTablesIsNoOwner() {
        tables.table("a", List.of("id"), "user_id:int4")
                .table("b", List.of("id"))
                .table("c", List.of("id"));
        assertThat(entity("a").owner()).isEmpty();
    }

    @Test
    void foreignKeyToATableThatIsNotMappedIsToldOnly() {
        tables.bare("log", List.of())
                .table("entry", List.of("id"), "log_id:int4")
                .foreignKey("entry", List.of("log_id"), "log", List.of("id"));
        assertThat(entity("entry").references()).isEmpty();
        assertThat(entity("entry").notes()).containsExactly("refers to public.log, which is not mapped, by log_id");
    }

    @Test
    void namespaceIsTheDatabasesNameInTheLanguagesForm() {
        Schema schema = tables.table("a", List.of("id")).schema();
        assertThat(namespace(schema, "My_App 2")).isEqualTo("my-app-2");
        assertThat(namespace(schema, "42")).isEqualTo("freshet");
        assertThat(namespace(schema, "Z\u00fcrich")).isEqualTo("zurich");
    }

    private static String namespace(Schema schema, String database) {
        return Drafting.draft(
                        new Schema(database, schema.byName(), List.of(), schema.obstacles(), schema.existing()),
                        Optional.empty(),
                        Set.of())
                .namespace();
    }
}
