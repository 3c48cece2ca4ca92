// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.process;

import dev.freshet.lab.bench.subject.ItemKey;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The mappings that Freshet is measured with. */
public final class Mappings {
    /** The namespace of {@link #SINK}. */
    public static final String SINK_NAMESPACE = "bench-sink";

    private static final String KEY = ItemKey.PREFIX + "{id}";

    /** A key of each row, without tags. */
    public static final String PLAIN = templates(1);

    /** The same in another namespace, for a second one beside it: a namespace has one owner. */
    public static final String SECOND = PLAIN.replace("namespace: bench", "namespace: bench-2");

    /** The same in the namespace of the sink of Kafka Connect. */
    public static final String SINK = PLAIN.replace("namespace: bench", "namespace: " + SINK_NAMESPACE);

    /** A tag of each row, without keys. */
    public static final String TAGS = """
            freshet: 1
            namespace: bench
            tags: true
            entities:
              item:
                table: item
                id: id
            """;

    /** A parent's change evicts the key of each of its rows, by a path over the foreign key. */
    public static final String PARENT_KEYS = """
            freshet: 1
            namespace: bench
            entities:
              parent:
                table: parent
                id: id
                keys: [ "%s{item.id}" ]
              item:
                table: item
                id: id
                references: { parent: parent_id }
            """.formatted(ItemKey.PREFIX);

    /** A parent's change evicts the entries under its tag. */
    public static final String PARENT_TAGS = """
            freshet: 1
            namespace: bench
            tags: true
            entities:
              parent:
                table: parent
                id: id
            """;

    /** A parent's change evicts the resolved key of each row that inherits from it. */
    public static final String INHERITANCE = """
            freshet: 1
            namespace: bench
            entities:
              parent:
                table: parent
                id: id
              item:
                table: item
                id: id
                references: { parent: parent_id }
                parent: parent
                resolved: [ "%s" ]
            """.formatted(KEY);

    private Mappings() {}

    /** Each row's change evicts this many keys, the first of which is the usual one. */
    public static String templates(int count) {
        String further = IntStream.rangeClosed(2, count)
                .mapToObj(number -> ", \"item-" + number + ":{id}\"")
                .collect(Collectors.joining());
        return """
                freshet: 1
                namespace: bench
                entities:
                  item:
                    table: item
                    id: id
                    keys: [ "%s"%s ]
                """.formatted(KEY, further);
    }
}
