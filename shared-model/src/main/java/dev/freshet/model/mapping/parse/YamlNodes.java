// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.parse;

import dev.freshet.model.finding.MappingCode;
import dev.freshet.model.mapping.Hint;
import dev.freshet.model.mapping.Location;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads values from YAML nodes strictly. A node of the wrong kind is reported as a problem with its location. */
final class YamlNodes {
    private final String file;
    private final Problems problems;

    YamlNodes(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    Problems problems() {
        return problems;
    }

    Location at(Node node) {
        return at(node.getStartMark());
    }

    Location at(Optional<Mark> mark) {
        return mark.map(m -> new Location(file, m.getLine() + 1, m.getColumn() + 1))
                .orElse(new Location(file, 1, 1));
    }

    /** A map in which only these keys are allowed. */
    Optional<YamlMap> map(Node node, String what, Collection<String> known) {
        Optional<YamlMap> map = map(node, what);
        map.ifPresent(m -> m.keys().forEach((key, at) -> {
            if (!known.contains(key)) {
                problems.error(
                        MappingCode.UNKNOWN_KEY,
                        at,
                        "unknown key '" + key + "' in " + what + "; " + Hint.of(key, known));
            }
        }));
        return map;
    }

    /** A map with arbitrary names as keys. */
    Optional<YamlMap> map(Node node, String what) {
        if (!(node instanceof MappingNode mapping)) {
            unexpected(node, "a map", what);
            return Optional.empty();
        }
        Map<String, Node> values = new LinkedHashMap<>();
        Map<String, Location> keys = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Optional<String> key = text(tuple.getKeyNode(), "a name as a key", what);
            if (key.isPresent()) {
                Location at = at(tuple.getKeyNode());
                if (values.putIfAbsent(key.get(), tuple.getValueNode()) == null) {
                    keys.put(key.get(), at);
                } else {
                    problems.error(
                            MappingCode.TWICE,
                            at,
                            "'" + key.get() + "' stands twice in " + what + ", first in line "
                                    + keys.get(key.get()).line());
                }
            }
        }
        return Optional.of(new YamlMap(values, keys, at(node)));
    }

    Optional<String> text(Node node, String expected, String what) {
        if (node instanceof ScalarNode scalar
                && scalar.getTag().equals(Tag.STR)
                && !scalar.getValue().isBlank()) {
            return Optional.of(scalar.getValue());
        }
        unexpected(node, expected, what);
        return Optional.empty();
    }

    Optional<Boolean> bool(Node node, String what) {
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL)) {
            return Optional.of(Boolean.valueOf(scalar.getValue()));
        }
        unexpected(node, "true or false", what);
        return Optional.empty();
    }

    /** The items of a list. A single item may stand without a list. */
    List<Node> items(Node node) {
        return node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node);
    }

    /** One column. */
    Optional<String> column(Node node, String what) {
        return column(node, "a column", what);
    }

    private Optional<String> column(Node node, String expected, String what) {
        return text(node, expected, what)
                .filter(column -> {
                    if (PathText.isCall(column)) {
                        problems.error(
                                MappingCode.FUNCTION_FOR_COLUMN,
                                at(node),
                                what + ": '" + column
                                        + "' is a function; expected a column, as functions are only for the"
                                        + " braces of templates");
                    }
                    return !PathText.isCall(column);
                })
                .map(PathText::unquoted);
    }

    /** A column, or a list of distinct columns. */
    List<String> columns(Node node, String what) {
        var columns = new ArrayList<String>();
        for (Node item : items(node)) {
            column(item, "a column or a list of columns", what).ifPresent(column -> {
                if (columns.contains(column)) {
                    problems.error(MappingCode.TWICE, at(item), "column '" + column + "' stands twice in " + what);
                } else {
                    columns.add(column);
                }
            });
        }
        return columns;
    }

    /** As {@link #columns}, but at least one. */
    List<String> someColumns(Node node, String what) {
        List<String> columns = columns(node, what);
        if (columns.isEmpty()
                && node instanceof SequenceNode sequence
                && sequence.getValue().isEmpty()) {
            problems.error(MappingCode.WRONG_VALUE, at(node), what + " is an empty list; expected at least one column");
        }
        return columns;
    }

    void unexpected(Node node, String expected, String what) {
        unexpected(MappingCode.WRONG_VALUE, node, expected, what);
    }

    void unexpected(MappingCode code, Node node, String expected, String what) {
        problems.error(code, at(node), what + ": expected " + expected + ", found " + describe(node));
    }

    static String describe(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getTag().equals(Tag.NULL)
                    ? "nothing"
                    : "'" + scalar.getValue() + "'" + (scalar.getTag().equals(Tag.STR) ? "" : kind(scalar.getTag()));
        }
        return node instanceof MappingNode ? "a map" : "a list";
    }

    private static String kind(Tag tag) {
        String name = tag.getValue();
        return " (" + name.substring(name.lastIndexOf(':') + 1) + ")";
    }
}
