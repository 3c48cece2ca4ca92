// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.parse;

import dev.freshet.model.finding.MappingCode;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.MappingException;
import dev.freshet.model.text.TextFile;
import dev.freshet.model.yaml.BadYamlException;
import dev.freshet.model.yaml.YamlFile;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads mapping files. Rejects an invalid file and reports all of its problems. Thread-safe. */
public final class MappingParser {
    private static final String VERSION = "1";
    private static final String DEFAULT_NAMESPACE = "freshet";
    private static final Pattern NAMESPACE = Pattern.compile("[a-z][a-z0-9-]*");
    private static final List<String> KEYS = List.of("freshet", "namespace", "tags", "entities");

    private MappingParser() {}

    /**
     * Reads a mapping from a file.
     *
     * @throws MappingException if the mapping is not valid
     * @throws IOException if the file cannot be read or is not text: see {@link TextFile#what}
     */
    public static Mapping parse(Path file) throws IOException {
        return parse(file.toString(), new StringReader(TextFile.read(file)));
    }

    /**
     * Reads a mapping.
     *
     * @param file the name to use in messages
     * @throws MappingException if the mapping is not valid
     */
    public static Mapping parse(String file, Reader yaml) {
        var problems = new Problems();
        var nodes = new YamlNodes(file, problems);
        Node root = compose(nodes, file, yaml);
        Mapping mapping = nodes.map(root, "the mapping", KEYS)
                .map(map -> read(nodes, file, map))
                .orElse(null);
        problems.throwIfAny();
        return mapping;
    }

    private static Node compose(YamlNodes nodes, String file, Reader yaml) {
        try {
            return YamlFile.compose(file, yaml, "'freshet: 1' and entities");
        } catch (BadYamlException e) {
            nodes.problems()
                    .error(MappingCode.NOT_YAML, e.problem().at(), e.problem().message());
        }
        nodes.problems().throwIfAny();
        throw new AssertionError("unreachable");
    }

    private static Mapping read(YamlNodes nodes, String file, YamlMap map) {
        checkVersion(nodes, map);
        String namespace = map.get("namespace")
                .flatMap(node -> nodes.text(node, "a name", "namespace"))
                .orElse(DEFAULT_NAMESPACE);
        if (!NAMESPACE.matcher(namespace).matches()) {
            nodes.problems()
                    .error(
                            MappingCode.BAD_NAME,
                            nodes.at(map.get("namespace").orElseThrow()),
                            "namespace '" + namespace + "': expected the form " + NAMESPACE.pattern());
        }
        boolean tags = map.get("tags").flatMap(node -> nodes.bool(node, "tags")).orElse(false);
        Map<String, EntityDraft> drafts = drafts(nodes, map);
        drafts.values().forEach(draft -> draft.readReferences(drafts));
        Map<String, EntityMapping> entities = new LinkedHashMap<>();
        var steps = new StepResolver(drafts);
        drafts.forEach((name, draft) -> entities.put(name, draft.finish(tags, steps)));
        nodes.problems().entities(entities);
        if (nodes.problems().none()) {
            new HierarchyRules(nodes.problems(), entities).check();
        }
        return new Mapping(file, namespace, entities);
    }

    private static void checkVersion(YamlNodes nodes, YamlMap map) {
        Optional<Node> version = map.get("freshet");
        if (version.isEmpty()) {
            nodes.problems()
                    .error(
                            MappingCode.MISSING_KEY,
                            map.at(),
                            "the key 'freshet' is missing; expected 'freshet: " + VERSION + "'");
        } else if (!(version.get() instanceof ScalarNode scalar
                && scalar.getValue().equals(VERSION))) {
            nodes.unexpected(
                    MappingCode.UNKNOWN_VERSION,
                    version.get(),
                    VERSION + ", the only version of the language so far",
                    "freshet");
        }
    }

    private static Map<String, EntityDraft> drafts(YamlNodes nodes, YamlMap map) {
        Map<String, EntityDraft> drafts = new LinkedHashMap<>();
        Optional<Node> entities = map.get("entities");
        if (entities.isEmpty()) {
            nodes.problems()
                    .error(
                            MappingCode.MISSING_KEY,
                            map.at(),
                            "the key 'entities' is missing; expected a map of entities by name");
            return drafts;
        }
        nodes.map(entities.get(), "entities").ifPresent(byName -> {
            if (byName.values().isEmpty()) {
                nodes.problems()
                        .error(MappingCode.MISSING_KEY, byName.at(), "entities is empty; expected at least one entity");
            }
            byName.values()
                    .forEach((name, node) -> EntityDraft.read(nodes, name, byName.at(name), node)
                            .ifPresent(draft -> drafts.put(name, draft)));
        });
        return drafts;
    }
}
