// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.parse;

import dev.freshet.model.finding.MappingCode;
import dev.freshet.model.mapping.ColumnSet;
import dev.freshet.model.mapping.KeyTemplate;
import dev.freshet.model.mapping.KeyTemplate.From;
import dev.freshet.model.mapping.KeyTemplate.Part;
import dev.freshet.model.mapping.KeyTemplate.Role;
import dev.freshet.model.mapping.Location;
import dev.freshet.model.mapping.Step;
import dev.freshet.model.mapping.condition.Condition;
import dev.freshet.model.mapping.parse.ConditionTokens.ConditionException;
import dev.freshet.model.mapping.parse.StepResolver.NoReferenceException;
import dev.freshet.model.mapping.parse.StepResolver.PathException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the templates of one role of one entity. */
final class TemplateReader {
    private static final List<String> KEYS = List.of("key", "on", "when", "from", "wide");
    private static final List<String> FROM_KEYS = List.of("on", "when");

    private final YamlNodes nodes;
    private final EntityDraft entity;
    private final Role role;
    private final ColumnSet on;
    private final List<String> always;
    private final StepResolver steps;

    /**
     * Reads templates.
     *
     * @param on the columns that matter if the template does not name any
     * @param always the columns that matter in any case
     */
    TemplateReader(
            YamlNodes nodes, EntityDraft entity, Role role, ColumnSet on, List<String> always, StepResolver steps) {
        this.nodes = nodes;
        this.entity = entity;
        this.role = role;
        this.on = on;
        this.always = always;
        this.steps = steps;
    }

    Optional<KeyTemplate> read(Node node) {
        String what = "template of " + entity.name();
        if (!(node instanceof MappingNode)) {
            return nodes.text(node, "a template or a list of templates", what)
                    .flatMap(text -> template(text, on, Condition.ALWAYS, List.of(), false, nodes.at(node)));
        }
        YamlMap full = nodes.map(node, what, KEYS).orElseThrow();
        if (full.get("key").isEmpty()) {
            nodes.problems().error(MappingCode.MISSING_KEY, full.at(), what + " has no 'key', which is required");
            return Optional.empty();
        }
        ColumnSet columns = full.get("on")
                .map(n -> ColumnSet.of(nodes.columns(n, "on of " + what)).and(always))
                .orElse(on);
        Condition when =
                full.get("when").flatMap(n -> condition(n, "when of a " + what)).orElse(Condition.ALWAYS);
        List<From> from = full.get("from").map(this::from).orElse(List.of());
        boolean wide =
                full.get("wide").flatMap(n -> nodes.bool(n, "wide of " + what)).orElse(false);
        Node key = full.get("key").get();
        return nodes.text(key, "a template", what)
                .flatMap(text -> template(text, columns, when, from, wide, nodes.at(key)));
    }

    private Optional<Condition> condition(Node node, String what) {
        return nodes.text(node, "a condition", what).flatMap(text -> {
            try {
                return Optional.of(ConditionReader.read(text));
            } catch (ConditionException e) {
                nodes.problems()
                        .error(MappingCode.BAD_CONDITION, nodes.at(node), what + ": '" + text + "' " + e.getMessage());
                return Optional.empty();
            }
        });
    }

    private Optional<KeyTemplate> template(
            String text, ColumnSet columns, Condition when, List<From> from, boolean wide, Location at) {
        try {
            var parts = new ArrayList<Part>();
            for (TemplateText.Piece piece : TemplateText.split(text)) {
                parts.add(piece.isPath() ? path(piece.text()) : new KeyTemplate.Literal(piece.text()));
            }
            if (parts.stream().noneMatch(KeyTemplate.Literal.class::isInstance)) {
                throw new PathException("expected literal text beside the paths, so that a purge finds the keys");
            }
            return Optional.of(new KeyTemplate(text, role, parts, columns, when, from, wide, at));
        } catch (PathException e) {
            refused(at, "template '" + text + "' of " + entity.name(), e);
            return Optional.empty();
        }
    }

    private KeyTemplate.Path path(String braces) throws PathException {
        PathText read = PathText.read(braces, steps::isEntity);
        List<String> names = read.names();
        String column = names.get(names.size() - 1);
        if (!PathText.isQuoted(column) && column.matches(".*(\\(.*|[*+])")) {
            throw new PathException("path '" + read.path() + "' ends with a step; expected a column at its end");
        }
        return new KeyTemplate.Path(
                steps.resolve(entity, names.subList(0, names.size() - 1)), PathText.unquoted(column), read.functions());
    }

    private List<From> from(Node node) {
        var from = new ArrayList<From>();
        nodes.map(node, "from of a template of " + entity.name())
                .ifPresent(map -> map.values()
                        .forEach((path, rows) -> from(path, rows, map.at(path)).ifPresent(from::add)));
        return from;
    }

    private Optional<From> from(String path, Node rows, Location at) {
        try {
            List<Step> way = steps.resolve(entity, new PathText(path, List.of()).names());
            return rows instanceof MappingNode
                    ? conditional(way, rows, "from " + path)
                    : Optional.of(new From(way, ColumnSet.of(nodes.columns(rows, "from " + path))));
        } catch (PathException e) {
            refused(at, "from '" + path + "' of " + entity.name(), e);
            return Optional.empty();
        }
    }

    /** Columns of some rows alone: {@code { on: [tag], when: deleted_at is null }}. */
    private Optional<From> conditional(List<Step> way, Node rows, String what) {
        YamlMap full = nodes.map(rows, what, FROM_KEYS).orElseThrow();
        if (full.get("on").isEmpty()) {
            nodes.problems()
                    .error(
                            MappingCode.MISSING_KEY,
                            full.at(),
                            what + " has no 'on', which is required; 'on: []' if only the rows themselves matter");
            return Optional.empty();
        }
        return Optional.of(new From(
                way,
                ColumnSet.of(nodes.columns(full.get("on").get(), "on of " + what)),
                full.get("when").flatMap(n -> condition(n, "when of " + what)).orElse(Condition.ALWAYS)));
    }

    private void refused(Location at, String what, PathException why) {
        String message = what + ": " + why.getMessage();
        if (why instanceof NoReferenceException between) {
            nodes.problems().error(MappingCode.NO_REFERENCE, at, message);
            nodes.problems().missingReference(at, between.from(), between.to());
        } else {
            nodes.problems().error(MappingCode.BAD_TEMPLATE, at, message);
        }
    }
}
