// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.parse.MappingParser;
import dev.freshet.protocol.Coverage;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Tag;
import java.io.StringReader;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which tags an invalidator evicts under a mapping. */
class TagCoverageTest {
    private static final List<String> ID = List.of("4:2/x y");

    @Test
    void withoutTagsNothingIsCovered() {
        assertThat(coverage("tags: false", "a: { table: a, id: id }")).isEqualTo(Coverage.NONE);
        assertThat(TagCoverage.of(MappingParser.parse(
                        "m.yaml", new StringReader("freshet: 1\nentities: { a: { table: a, id: id } }"))))
                .isEqualTo(Coverage.NONE);
    }

    @Test
    void aListIsCoveredByItsParentAndWhatIsInheritedOnlyWhereThereAreChildren() {
        var coverage = coverage(
                "tags: false",
                "shop: { table: shop, id: id, tags: true }",
                "shelf: { table: shelf, id: id, references: { shop: shop_id }, parent: shop }");
        assertThat(coverage.kinds()).containsExactly("shop", "shop/inherited", "shop/shelf");
        assertThat(coverage.owned()).isEmpty();
        assertThat(coverage.covers(Isolate.SHARED, Tag.row("shop", ID))).isTrue();
        assertThat(coverage.covers(Isolate.SHARED, Tag.children("shop", ID, "shelf")))
                .isTrue();
        assertThat(coverage.covers(Isolate.SHARED, Tag.row("shelf", ID))).isFalse();
        assertThat(coverage.covers(Isolate.SHARED, Tag.children("shop", ID, "till")))
                .isFalse();
        assertThat(coverage.covers(Isolate.SHARED, Tag.inherited("shelf", ID))).isFalse();
    }

    /** Where rows have no owner, all tags are those of nobody. */
    @Test
    void anOwnerIsCoveredOnlyWhereRowsHaveOne() {
        var coverage = coverage(
                "tags: true", "shop: { table: shop, id: id }", "note: { table: note, id: id, isolate: owner }");
        assertThat(coverage.covers(Isolate.of("u1"), Tag.row("note", ID))).isTrue();
        assertThat(coverage.covers(Isolate.SHARED, Tag.row("note", ID))).isTrue();
        assertThat(coverage.covers(Isolate.of("u1"), Tag.row("shop", ID))).isFalse();
        assertThat(coverage.covers(Isolate.SHARED, Tag.row("shop", ID))).isTrue();
    }

    /** Where each row has an owner, no change purges what is shared; a list is shared only where neither side has one. */
    @Test
    void whatIsSharedIsCoveredOnlyWhereRowsMayLackTheirOwner() {
        var mapping = mapping(
                "tags: true",
                "shop: { table: shop, id: id, isolate: owner }",
                "shelf: { table: shelf, id: id, isolate: owner, references: { shop: shop_id }, parent: shop }",
                "till: { table: till, id: id }");
        var all = List.of("shelf", "shop", "shop/inherited", "shop/shelf");
        for (var ownerless : List.of(Set.of("shop"), Set.of("shelf"), Set.of("shop", "shelf"), Set.<String>of())) {
            var coverage = TagCoverage.of(mapping, entity -> ownerless.contains(entity.name()));
            assertThat(coverage.owned()).containsExactlyElementsOf(all);
            assertThat(coverage.covers(Isolate.SHARED, Tag.row("till", ID))).isTrue();
            assertThat(coverage.covers(Isolate.SHARED, Tag.row("shop", ID))).isEqualTo(ownerless.contains("shop"));
            assertThat(coverage.covers(Isolate.SHARED, Tag.inherited("shop", ID)))
                    .isEqualTo(ownerless.contains("shop"));
            assertThat(coverage.covers(Isolate.SHARED, Tag.row("shelf", ID))).isEqualTo(ownerless.contains("shelf"));
            assertThat(coverage.covers(Isolate.SHARED, Tag.children("shop", ID, "shelf")))
                    .isEqualTo(ownerless.size() == 2);
        }
    }

    /** Its parent purges it in one isolate and its rows in another. */
    @Test
    void aListBetweenOwnedAndSharedRowsIsNotCovered() {
        var coverage = coverage(
                "tags: false",
                "shop: { table: shop, id: id, isolate: owner, tags: true }",
                "shelf: { table: shelf, id: id, references: { shop: shop_id }, parent: shop }");
        assertThat(coverage.kinds()).containsExactly("shop", "shop/inherited");
    }

    private static Coverage coverage(String... lines) {
        return TagCoverage.of(mapping(lines));
    }

    private static Mapping mapping(String... lines) {
        var yaml = "freshet: 1\n" + lines[0] + "\nentities:\n  "
                + String.join("\n  ", List.of(lines).subList(1, lines.length)) + "\n";
        return MappingParser.parse("m.yaml", new StringReader(yaml));
    }
}
