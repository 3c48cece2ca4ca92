// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan.join;

import dev.freshet.core.stream.Row;
import dev.freshet.model.mapping.ColumnSet;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.KeyTemplate;
import dev.freshet.model.mapping.KeyTemplate.Literal;
import dev.freshet.model.mapping.KeyTemplate.Path;
import dev.freshet.model.mapping.KeyTemplate.Role;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.Reference;
import dev.freshet.model.mapping.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * The join that a template stands for: a tree of tables whose root is the template's own table. Immutable once
 * compiled.
 */
public final class Join {
    private final KeyTemplate template;
    private final String glob;
    private final ColumnSet moves;
    private final List<JoinNode> nodes = new ArrayList<>();
    private final List<KeyPart> parts = new ArrayList<>();

    /** Literal text, or a column of a node. */
    private record KeyPart(String text, int node, String column) {}

    private Join(KeyTemplate template, EntityMapping entity) {
        this.template = template;
        this.glob = template.glob();
        this.moves = ColumnSet.of(entity.parent().map(Reference::columns).orElse(List.of()));
        nodes.add(new JoinNode(entity, null, null, 0));
    }

    public static Join compile(Mapping mapping, EntityMapping entity, KeyTemplate template) {
        var join = new Join(template, entity);
        join.root().watch(template.on());
        for (KeyTemplate.Part part : template.parts()) {
            if (part instanceof Path path) {
                JoinNode end = join.reach(mapping, join.root(), path.steps());
                end.useInKey(path.column());
                join.parts.add(new KeyPart(null, end.index(), path.column()));
            } else {
                join.parts.add(new KeyPart(((Literal) part).text(), -1, null));
            }
        }
        template.from()
                .forEach(from -> join.reach(mapping, join.root(), from.steps()).watch(from.columns()));
        if (template.role() == Role.RESOLVED) {
            join.inherit(mapping);
        }
        join.root().sealColumns();
        join.nodes.forEach(JoinNode::sealRoute);
        return join;
    }

    private JoinNode reach(Mapping mapping, JoinNode start, List<Step> steps) {
        JoinNode here = start;
        for (Step step : steps) {
            JoinNode known = here.child(step);
            if (known == null) {
                known = new JoinNode(mapping.entity(step.entity()), here, step, nodes.size());
                nodes.add(known);
            }
            here = known;
        }
        return here;
    }

    private void inherit(Mapping mapping) {
        JoinNode here = root();
        while (here.entity().parent().isPresent()) {
            here = reach(
                    mapping, here, List.of(Step.along(here.entity().parent().get())));
            here.watch(here.entity().inherited());
            here.markInherited();
        }
    }

    JoinNode root() {
        return nodes.get(0);
    }

    public List<JoinNode> nodes() {
        return nodes;
    }

    public KeyTemplate template() {
        return template;
    }

    /** The columns that the key is built from, in the order of the template. */
    public List<KeyColumn> keyColumns() {
        return parts.stream()
                .filter(part -> part.text() == null)
                .map(part -> new KeyColumn(nodes.get(part.node()), part.column()))
                .toList();
    }

    /** A column that the key is built from. */
    public record KeyColumn(JoinNode node, String name) {}

    public Role role() {
        return template.role();
    }

    public String glob() {
        return glob;
    }

    /** For a listing, the root's columns that determine in which list the row appears. */
    public ColumnSet moves() {
        return moves;
    }

    /** The key of a complete tuple, or null if a column in it is null. */
    public String key(Row[] tuple) {
        var key = new StringBuilder(48);
        for (KeyPart part : parts) {
            String text = part.text() != null ? part.text() : tuple[part.node()].get(part.column());
            if (text == null) {
                return null;
            }
            key.append(text);
        }
        return key.toString();
    }

    @Override
    public String toString() {
        return template.text();
    }
}
