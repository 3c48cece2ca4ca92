// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.yaml;

import dev.freshet.model.mapping.Location;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads YAML. Thread-safe. */
public final class YamlFile {
    /** Aliases can make a file that contains itself. */
    private static final int DEEPEST = 50;

    private final String file;

    private YamlFile(String file) {
        this.file = file;
    }

    /**
     * Reads a file as plain values.
     *
     * @param file the name to use in messages
     * @param expected what should be in the file
     */
    public static YamlValue read(String file, Reader yaml, String expected) throws BadYamlException {
        return new YamlFile(file).value(compose(file, yaml, expected), 0);
    }

    /**
     * Reads a file as nodes of the YAML library.
     *
     * @param file the name to use in messages
     * @param expected what should be in the file
     */
    public static Node compose(String file, Reader yaml, String expected) throws BadYamlException {
        var settings = LoadSettings.builder().setLabel(file).build();
        try {
            Optional<Node> root = new Compose(settings).composeReader(yaml);
            if (root.isPresent()) {
                return root.get();
            }
        } catch (MarkedYamlEngineException e) {
            String context = e.getContext() == null ? "" : " " + e.getContext();
            throw new BadYamlException(place(file, e.getProblemMark()), "not YAML: " + e.getProblem() + context);
        } catch (YamlEngineException e) {
            throw new BadYamlException(new Location(file, 1, 1), "not YAML: " + e.getMessage());
        }
        throw new BadYamlException(new Location(file, 1, 1), "the file is empty; expected " + expected);
    }

    private static Location place(String file, Optional<Mark> mark) {
        return mark.map(m -> new Location(file, m.getLine() + 1, m.getColumn() + 1))
                .orElse(new Location(file, 1, 1));
    }

    private YamlValue value(Node node, int depth) throws BadYamlException {
        Location at = place(file, node.getStartMark());
        if (depth > DEEPEST) {
            throw new BadYamlException(at, "more than " + DEEPEST + " levels within each other");
        }
        if (node instanceof ScalarNode scalar) {
            boolean nothing = scalar.getTag().equals(Tag.NULL);
            return new YamlValue.Scalar(at, nothing ? Optional.empty() : Optional.of(scalar.getValue()));
        }
        if (node instanceof SequenceNode sequence) {
            List<YamlValue> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                items.add(value(item, depth + 1));
            }
            return new YamlValue.Sequence(at, items);
        }
        return map((MappingNode) node, at, depth);
    }

    private YamlValue map(MappingNode node, Location at, int depth) throws BadYamlException {
        Map<String, YamlValue> values = new LinkedHashMap<>();
        Map<String, Location> keys = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            Location place = place(file, tuple.getKeyNode().getStartMark());
            // The library refuses all other keys.
            var key = (ScalarNode) tuple.getKeyNode();
            if (keys.putIfAbsent(key.getValue(), place) != null) {
                throw new BadYamlException(
                        place,
                        "'" + key.getValue() + "' stands twice in one map, first in line "
                                + keys.get(key.getValue()).line());
            }
            values.put(key.getValue(), value(tuple.getValueNode(), depth + 1));
        }
        return new YamlValue.Table(at, values, keys);
    }
}
