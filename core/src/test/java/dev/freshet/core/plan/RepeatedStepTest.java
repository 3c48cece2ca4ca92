// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Steps that repeat: trees of any depth. Folder 1 contains 2, which contains 3, which contains 4; 5 stands alone. */
class RepeatedStepTest {
    private final OneChange change = new OneChange("""
            freshet: 1
            entities:
              folder:
                table: folder
                id: id
                references: { up: { entity: folder, columns: parent_id } }
                keys:
                  - { key: "tree:{up*.id}", on: [name] }
                  - { key: "path:{folder(up)+.id}", on: [name] }
                  - { key: "deep:{id}", on: [], from: { up+: [owner] } }
              file:
                table: file
                id: id
                references: { folder: folder_id }
                keys: [ "size:{folder.up*.id}" ]
            """);

    @BeforeEach
    void tree() {
        List.of(folder("1", null), folder("2", "1"), folder("3", "2"), folder("4", "3"), folder("5", null))
                .forEach(row -> change.exists("folder", row));
    }

    private static Map<String, String> folder(String id, String parent) {
        return folder(id, parent, "name", "me");
    }

    private static Map<String, String> folder(String id, String parent, String name, String owner) {
        var row = new HashMap<String, String>(Map.of("id", id, "name", name, "owner", owner));
        row.put("parent_id", parent);
        return row;
    }

    @Test
    void aRowReachesAllThatAreAboveAndBelowIt() {
        assertThat(change.update("folder", folder("3", "2"), folder("3", "2", "other", "me")))
                .containsExactlyInAnyOrder("key tree:3", "key tree:2", "key tree:1", "key path:4");
        assertThat(change.insert("file", Map.of("id", "9", "folder_id", "3")))
                .containsExactlyInAnyOrder("key size:3", "key size:2", "key size:1");
    }

    @Test
    void aChangeFarAboveReachesThoseThatInherit() {
        assertThat(change.update("folder", folder("1", null), folder("1", null, "name", "you")))
                .containsExactlyInAnyOrder("key deep:2", "key deep:3", "key deep:4");
    }

    @Test
    void aMoveInTheMiddleReachesBothTreesAndEverythingBelow() {
        change.exists("folder", folder("2", "5"));
        assertThat(change.update("folder", folder("2", "1"), folder("2", "5")))
                .contains("key tree:1", "key tree:5", "key tree:2", "key deep:2", "key deep:3", "key deep:4")
                .contains("key path:3", "key path:4");
    }

    @Test
    void circlesInTheDataEnd() {
        change.exists("folder", folder("1", "4"));
        assertThat(change.update("folder", folder("1", null), folder("1", "4")))
                .contains("key tree:1", "key tree:2", "key tree:3", "key tree:4", "key path:1");
        change.exists("folder", folder("5", "5"));
        assertThat(change.update("folder", folder("5", "5"), folder("5", "5", "other", "me")))
                .containsExactlyInAnyOrder("key tree:5", "key path:5");
    }

    /** The row itself stands at the end of a step that is taken zero times. */
    @Test
    void aValueThatTheRowDoesNotCarryMeansThePattern() {
        var names = new OneChange("""
                freshet: 1
                entities:
                  folder:
                    table: folder
                    id: id
                    references: { up: { entity: folder, columns: parent_id } }
                    keys: [ { key: "name:{up*.name}", on: [] } ]
                """);
        names.exists("folder", folder("1", null, "top", "me"));
        assertThat(names.delete("folder", Map.of("id", "3", "parent_id", "1", "name", "low")))
                .containsExactlyInAnyOrder("key name:low", "key name:top");
        assertThat(names.delete("folder", Map.of("id", "3", "parent_id", "1"))).contains("keys name:*");
    }

    @Test
    void anEntityThatIsItsOwnParentInheritsFromAllAboveIt() {
        var own = new OneChange("""
                freshet: 1
                tags: true
                entities:
                  folder:
                    table: folder
                    id: id
                    references: { up: { entity: folder, columns: parent_id } }
                    parent: up
                    inherited: [owner]
                    listed: [name]
                    resolved: [ "rights:{id}" ]
                    listing: [ "list:{parent_id}" ]
                """);
        List.of(folder("1", null), folder("2", "1"), folder("3", "2")).forEach(row -> own.exists("folder", row));
        assertThat(own.update("folder", folder("1", null), folder("1", null, "name", "you")))
                .containsExactlyInAnyOrder(
                        "tag folder:1", "tag folder:1/inherited", "key rights:1", "key rights:2", "key rights:3");
        assertThat(own.update("folder", folder("2", "1"), folder("2", "1", "other", "me")))
                .containsExactlyInAnyOrder("tag folder:2", "tag folder:1/folder", "key rights:2", "key list:1");
        own.exists("folder", folder("2", null));
        assertThat(own.update("folder", folder("2", "1"), folder("2", null)))
                .contains(
                        "tag folder:1/folder", "tag folder:2/inherited", "key rights:2", "key rights:3", "key list:1");
    }
}
