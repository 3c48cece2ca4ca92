// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.invalidator.init.draft.Draft;
import dev.freshet.invalidator.init.draft.DraftEntity;
import dev.freshet.invalidator.init.draft.Drafting;
import dev.freshet.invalidator.init.file.ExistingFile;
import dev.freshet.invalidator.init.file.MappingText;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.check.CatalogTable;
import dev.freshet.model.mapping.parse.MappingParser;
import dev.freshet.model.schema.Schema;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The lists that {@code init} offers as comments, because only the user knows which of them are cached. */
@Tag("memory")
class OffersTest {
    private static final String FULL = "REPLICA IDENTITY FULL;";

    private final Tables tables = new Tables();

    private static String text(Schema schema) {
        Draft draft = Drafting.draft(schema, Optional.empty(), Set.of());
        return MappingText.of(
                draft,
                new NotesBook(draft, schema, Optional.empty(), Optional.empty()).notes(Map.of()),
                schema.database(),
                "m.yaml");
    }

    private String text() {
        return text(tables.schema());
    }

    /** What the file says if the user takes away the # of every offer. */
    private static Mapping uncommented(String text) {
        return MappingParser.parse("m.yaml", new StringReader(text.replace("      # - ", "      - ")));
    }

    @Test
    void theRowsThatReferToARowAreOfferedAsAList() {
        tables.table("category", List.of("id"), "parent_id:int4?")
                .table("product", List.of("id"), "category_id:int4")
                .table("price", List.of("product_id", "day"))
                .foreignKey("category", List.of("parent_id"), "category", List.of("id"))
                .foreignKey("product", List.of("category_id"), "category", List.of("id"))
                .foreignKey("price", List.of("product_id"), "product", List.of("id"));
        assertThat(text())
                .contains(
                        "      # - \"category:{parent_id}:categories\"    # needs: ALTER TABLE public.category " + FULL)
                .contains(
                        "      # - \"category:{category_id}:products\"    # needs: ALTER TABLE public.product " + FULL)
                .contains("      # - \"product:{product_id}:prices\"\n");
        assertThat(uncommented(text()).entity("product").templates()).hasSize(2);
    }

    @Test
    void listsOfSeveralReferencesToOneTableAreToldApart() {
        tables.table("users", List.of("id"))
                .table("message", List.of("id"), "from_id:int4", "to_id:int4")
                .foreignKey("message", List.of("from_id"), "users", List.of("id"))
                .foreignKey("message", List.of("to_id"), "users", List.of("id"));
        assertThat(text())
                .contains("# - \"user:{from_id}:messages:from\"")
                .contains("# - \"user:{to_id}:messages:to\"");
    }

    @Test
    void aReferenceByTheWholeIdLeadsToNoList() {
        tables.table("users", List.of("id"))
                .table("profile", List.of("user_id"))
                .foreignKey("profile", List.of("user_id"), "users", List.of("id"));
        assertThat(text()).doesNotContain("# - ");
    }

    @Test
    void aJoinTableWithAnIdOfItsOwnHasTheListsOfBothSidesOnOffer() {
        TableName join = TableName.of("user_groups");
        tables.table("users", List.of("id"))
                .table("company", List.of("id"))
                .table(join, Set.of("id"), List.of(List.of("id"), List.of("user_id", "company_id")))
                .foreignKey(join, List.of("user_id"), TableName.of("users"), List.of("id"))
                .foreignKey(join, List.of("company_id"), TableName.of("company"), List.of("id"));
        assertThat(text())
                .contains("# a join table of user and company")
                .contains(
                        "      # - \"user:{user_id}:companies\"    # a guess: what a row of user is joined to; needs: "
                                + "ALTER TABLE public.user_groups " + FULL + "\n")
                .contains("      # - \"company:{company_id}:users\"    # a guess: ");
        assertThat(text()).doesNotContain("user_groups\"");
        assertThat(uncommented(text()).entity("user_group").templates()).hasSize(3);
    }

    @Test
    void polymorphicReferencesAreOfferedWithTheirCondition() {
        tables.table("Node", List.of("id"))
                .table("django_content_type", List.of("id"))
                .table("attachment", List.of("id"), "record_type:varchar", "record_id:int8")
                .table("log", List.of("id"), "content_type_id:int4", "object_id:text")
                .table("upload", List.of("id"), "content_type:text")
                .foreignKey("log", List.of("content_type_id"), "django_content_type", List.of("id"));
        Map<TableName, CatalogTable> all = new TreeMap<>(tables.schema().byName());
        TableName member = TableName.of("member");
        all.put(
                member,
                new CatalogTable(
                        member,
                        Map.of(
                                "id", new CatalogTable.Column("int8", false),
                                "memberType",
                                        new CatalogTable.Column(
                                                "enum", false, OptionalInt.empty(), true, List.of("Node", "Way")),
                                "memberId", new CatalogTable.Column("int8", false)),
                        List.of(new CatalogTable.UniqueIndex("member_pkey", List.of("id"), true)),
                        CatalogTable.Identity.FULL,
                        Optional.empty(),
                        List.of()));
        Schema schema = tables.schema();
        String text = text(new Schema(schema.database(), all, schema.foreignKeys(), Map.of(), all.keySet()));
        assertThat(text)
                .contains("# - { key: \"…:{record_id}:attachments\", when: \"record_type = '…'\" }    # needs: ")
                .contains("# - { key: \"…:{object_id}:logs\", when: \"content_type_id = '…'\" }    # needs: ")
                .contains("# - { key: \"Node:{memberId}:members\", when: \"\\\"memberType\\\" = 'Node'\" }\n")
                .contains("# - { key: \"way:{memberId}:members\", when: \"\\\"memberType\\\" = 'Way'\" }\n")
                .doesNotContain("uploads");
        assertThat(uncommented(text).entity("member").templates()).hasSize(3);
    }

    @Test
    void newEntitiesComeBehindTheOffersOfTheLast() {
        tables.table("org", List.of("id"))
                .table("task", List.of("id"), "org_id:int4")
                .foreignKey("task", List.of("org_id"), "org", List.of("id"));
        String before = text();
        var file = ExistingFile.of("m.yaml", before);
        Schema schema = tables.table("unit", List.of("id")).schema();
        Draft again = Drafting.draft(schema, Optional.of(file.mapping()), file.declined());
        List<DraftEntity> added = List.of(again.entity("unit").orElseThrow());
        String after = file.with(
                        added,
                        Map.of(),
                        new NotesBook(again, schema, Optional.empty(), Optional.of(file)).notes(Map.of()))
                .orElseThrow();
        assertThat(after)
                .contains("      - \"task:{id}\"\n      # - \"org:{org_id}:tasks\"")
                .containsPattern("REPLICA IDENTITY FULL;\\n\\n  unit:\\n");
    }
}
