// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan.join;

import dev.freshet.core.stream.Row;
import dev.freshet.core.stream.RowColumn;
import dev.freshet.model.mapping.ColumnSet;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.KeyTemplate;
import dev.freshet.model.mapping.KeyTemplate.Literal;
import dev.freshet.model.mapping.KeyTemplate.Path;
import dev.freshet.model.mapping.KeyTemplate.Role;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.Reference;
import dev.freshet.model.mapping.Step;
import dev.freshet.model.mapping.condition.Condition;
import dev.freshet.model.mapping.function.ColumnFunction;
import dev.freshet.model.mapping.function.FunctionCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The join that a template stands for: a tree of tables whose root is the template's own table. Immutable once
 * compiled.
 */
public final class Join {
    /** A tuple with more keys than that is evicted by pattern. */
    private static final int MOST_KEYS = 100;

    private static final Optional<List<String>> NONE = Optional.of(List.of());

    private final KeyTemplate template;
    private final String glob;
    private final ColumnSet moves;
    private final List<JoinNode> nodes = new ArrayList<>();
    private final List<KeyPart> parts = new ArrayList<>();

    /** Literal text, or a column of a node; the function is null if its value is used as it is. */
    private record KeyPart(String text, int node, RowColumn column, ColumnFunction function) {
        /** The literal text or the value of the column, null included. */
        String value(Row[] tuple) {
            return text != null ? text : column.of(tuple[node]);
        }

        /** Whether keys have a text in place of null. */
        boolean replacesNull() {
            return function != null && function.ofNull().isPresent();
        }

        /** The texts that keys have in place of a value: none if they cannot be told. */
        List<String> texts(String value) {
            if (function == null) {
                return List.of(value);
            }
            return value == null ? function.ofNull().orElseThrow() : function.of(value);
        }
    }

    private Join(KeyTemplate template, EntityMapping entity) {
        this.template = template;
        this.glob = template.glob();
        this.moves = ColumnSet.of(entity.parent().map(Reference::columns).orElse(List.of()));
        nodes.add(new JoinNode(entity, null, null, 0));
    }

    public static Join compile(Mapping mapping, EntityMapping entity, KeyTemplate template) {
        var join = new Join(template, entity);
        join.root().watch(template.on(), template.when());
        for (KeyTemplate.Part part : template.parts()) {
            if (part instanceof Path path) {
                JoinNode end = join.reach(mapping, join.root(), path.steps());
                end.useInKey(path.column());
                ColumnFunction function = path.functions().isEmpty() ? null : FunctionCall.compose(path.functions());
                join.parts.add(new KeyPart(null, end.index(), new RowColumn(path.column()), function));
            } else {
                join.parts.add(new KeyPart(((Literal) part).text(), -1, null, null));
            }
        }
        template.from()
                .forEach(from -> join.reach(mapping, join.root(), from.steps()).watch(from.columns(), from.when()));
        if (template.role() == Role.RESOLVED) {
            join.inherit(mapping);
        }
        join.root().sealColumns();
        join.nodes.stream().filter(JoinNode::isWithin).forEach(JoinNode::sealColumns);
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
                if (step.isRepeated()) {
                    nodes.add(JoinNode.within(known, nodes.size()));
                }
            }
            here = known;
        }
        return here;
    }

    private void inherit(Mapping mapping) {
        JoinNode here = root();
        for (Step step : mapping.ancestors(here.entity())) {
            here = reach(mapping, here, List.of(step));
            here.watch(here.entity().inherited(), Condition.ALWAYS);
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
        var columns = new ArrayList<KeyColumn>();
        for (int i = 0; i < parts.size(); i++) {
            if (template.parts().get(i) instanceof Path path) {
                columns.add(new KeyColumn(nodes.get(parts.get(i).node()), path.column(), path.functions()));
            }
        }
        return columns;
    }

    /**
     * A column that the key is built from.
     *
     * @param functions applied to its value one after the other
     */
    public record KeyColumn(JoinNode node, String name, List<FunctionCall> functions) {
        public KeyColumn {
            functions = List.copyOf(functions);
        }
    }

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

    /**
     * The keys of a complete tuple: several if programs may spell a value in several ways, none if a column in the key
     * is null or the root has no keys. Empty if they cannot be told, so that any key of the template may be meant.
     */
    public Optional<List<String>> keys(Row[] tuple) {
        if (!root().mayCount(tuple[0])) {
            return NONE;
        }
        var key = new StringBuilder(48);
        boolean plain = true;
        for (KeyPart part : parts) {
            String value = part.value(tuple);
            if (value == null && !part.replacesNull()) {
                return NONE;
            }
            plain &= part.function() == null;
            key.append(value);
        }
        return plain ? Optional.of(List.of(key.toString())) : spelled(tuple);
    }

    private Optional<List<String>> spelled(Row[] tuple) {
        List<String> keys = List.of("");
        for (KeyPart part : parts) {
            List<String> texts = part.texts(part.value(tuple));
            if (texts.isEmpty() || keys.size() * texts.size() > MOST_KEYS) {
                return Optional.empty();
            }
            keys = keys.stream().flatMap(key -> texts.stream().map(key::concat)).toList();
        }
        return Optional.of(keys);
    }

    @Override
    public String toString() {
        return template.text();
    }
}
