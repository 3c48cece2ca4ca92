// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init.file;

import dev.freshet.invalidator.init.draft.DraftEntity;
import dev.freshet.invalidator.init.draft.DraftReference;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Text to insert into a mapping file at places that its YAML tells; all else stays as it is. */
final class Insertions {
    private static final int WHOLE_LINES = -1;

    private final List<String> lines;
    private final MappingNode entities;
    private final List<Insertion> insertions = new ArrayList<>();

    /**
     * Text before a place.
     *
     * @param line from 0
     * @param column in characters, from 0; {@link #WHOLE_LINES} if the text is lines before this one
     */
    private record Insertion(int line, int column, List<String> text) {}

    /** @param lines of a valid mapping */
    Insertions(List<String> lines) {
        this.lines = lines;
        Node root = new Compose(LoadSettings.builder().build())
                .composeReader(new StringReader(String.join("\n", lines)))
                .orElseThrow();
        entities = (MappingNode) value((MappingNode) root, "entities").orElseThrow();
    }

    /** Adds entities behind the last one. Returns false if they are in braces, where there is no such place. */
    boolean entities(List<DraftEntity> more) {
        if (more.isEmpty()) {
            return true;
        }
        if (entities.getFlowStyle() != FlowStyle.BLOCK) {
            return false;
        }
        String indent = " ".repeat(column(entities));
        var text = new ArrayList<String>();
        for (DraftEntity entity : more) {
            text.add("");
            EntityText.of(entity).forEach(line -> text.add(indent + line));
        }
        insertions.add(new Insertion(behind(lastLine(entities), indent), WHOLE_LINES, text));
        return true;
    }

    /** The line behind a last one and the comments within the same entity that follow it. */
    private int behind(int last, String indent) {
        int next = last + 1;
        while (next < lines.size() && lines.get(next).matches(indent + "\\s+#.*")) {
            next++;
        }
        return next;
    }

    /** Adds references to an entity of the file. */
    void references(String name, List<DraftReference> references) {
        MappingNode entity = (MappingNode) value(entities, name).orElseThrow();
        List<String> texts = references.stream().map(EntityText::reference).toList();
        Optional<MappingNode> known = value(entity, "references").map(MappingNode.class::cast);
        if (known.isPresent() && known.get().getFlowStyle() == FlowStyle.BLOCK) {
            String indent = " ".repeat(column(known.get()));
            insertions.add(new Insertion(
                    lastLine(known.get()) + 1,
                    WHOLE_LINES,
                    texts.stream().map(text -> indent + text).toList()));
        } else if (known.isPresent()) {
            inBraces(known.get(), String.join(", ", texts));
        } else if (entity.getFlowStyle() == FlowStyle.BLOCK) {
            String indent = " ".repeat(column(entity));
            var text = new ArrayList<>(List.of(indent + "references:"));
            texts.forEach(each -> text.add(indent + "  " + each));
            insertions.add(new Insertion(lastLine(value(entity, "id").orElseThrow()) + 1, WHOLE_LINES, text));
        } else {
            inBraces(entity, texts.stream().collect(Collectors.joining(", ", "references: { ", " }")));
        }
    }

    private void inBraces(MappingNode map, String text) {
        Mark end = mark(map.getEndMark());
        // The brace that closes the map is the last character of it.
        int brace = lines.get(end.getLine()).offsetByCodePoints(0, end.getColumn() - 1);
        insertions.add(new Insertion(
                end.getLine(), brace, List.of(map.getValue().isEmpty() ? " " + text + " " : ", " + text + " ")));
    }

    /** The lines with everything inserted. */
    List<String> applied() {
        var all = new ArrayList<>(lines);
        // From the end, so that places before stay where they are.
        insertions.stream()
                .sorted(Comparator.comparingInt(Insertion::line)
                        .thenComparing(Insertion::column)
                        .reversed())
                .forEach(each -> {
                    if (each.column() == WHOLE_LINES) {
                        all.addAll(each.line(), each.text());
                    } else {
                        String line = all.get(each.line());
                        String before = line.substring(0, each.column());
                        all.set(
                                each.line(),
                                before.stripTrailing() + each.text().get(0) + line.substring(each.column()));
                    }
                });
        return all;
    }

    private static Optional<Node> value(MappingNode map, String key) {
        return map.getValue().stream()
                .filter(tuple -> ((ScalarNode) tuple.getKeyNode()).getValue().equals(key))
                .map(NodeTuple::getValueNode)
                .findFirst();
    }

    private static int column(MappingNode map) {
        return mark(map.getValue().get(0).getKeyNode().getStartMark()).getColumn();
    }

    /** The last line of a node. The end of a collection in block style is that of its last scalar. */
    private static int lastLine(Node node) {
        if (node instanceof CollectionNode<?> collection
                && collection.getFlowStyle() == FlowStyle.BLOCK
                && !collection.getValue().isEmpty()) {
            Object last = collection.getValue().get(collection.getValue().size() - 1);
            return lastLine(last instanceof NodeTuple tuple ? tuple.getValueNode() : (Node) last);
        }
        return mark(node.getEndMark()).getLine();
    }

    private static Mark mark(Optional<Mark> mark) {
        return mark.orElseThrow(() -> new IllegalStateException("YAML was read without its lines"));
    }
}
