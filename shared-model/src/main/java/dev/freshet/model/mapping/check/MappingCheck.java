// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.check;

import dev.freshet.model.finding.DatabaseCode;
import dev.freshet.model.mapping.ColumnUse;
import dev.freshet.model.mapping.ColumnUse.Kind;
import dev.freshet.model.mapping.ColumnUses;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Hint;
import dev.freshet.model.mapping.Location;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.Problem;
import dev.freshet.model.mapping.Reference;
import dev.freshet.model.mapping.check.CatalogTable.Column;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Checks a mapping against a database. An error means that evictions would be missed; a warning does not. */
public final class MappingCheck {
    /** Types whose text depends on settings, or that are unsuitable for keys. */
    private static final Set<String> NO_KEY = Set.of(
            "json",
            "jsonb",
            "xml",
            "bytea",
            "money",
            "timetz",
            "tstzrange",
            "tstzmultirange",
            "interval",
            "point",
            "line",
            "lseg",
            "box",
            "path",
            "polygon",
            "circle",
            "tsvector",
            "tsquery",
            "float4",
            "float8");

    private final Mapping mapping;
    private final Catalog catalog;
    private final List<ColumnUse> uses;
    private final TemplateCheck templates;
    private final Set<Problem> problems = new LinkedHashSet<>();

    private MappingCheck(Mapping mapping, Catalog catalog) {
        this.mapping = mapping;
        this.catalog = catalog;
        this.uses = ColumnUses.of(mapping);
        this.templates = new TemplateCheck(mapping, catalog, this::error);
    }

    /** All problems, in the order of the file; empty if there are none. */
    public static List<Problem> check(Mapping mapping, Catalog catalog) {
        var check = new MappingCheck(mapping, catalog);
        mapping.entities().values().forEach(check::entity);
        return check.problems.stream()
                .sorted(java.util.Comparator.comparing(Problem::at))
                .toList();
    }

    private void entity(EntityMapping entity) {
        Optional<CatalogTable> table = catalog.table(entity.table());
        Optional<String> problem = NamedTables.problem(entity.table(), table, catalog);
        if (problem.isPresent()) {
            error(NamedTables.code(entity.table(), table, catalog), entity.at("table"), problem.get());
            return;
        }
        CatalogTable found = table.orElseThrow();
        List<ColumnUse> own =
                uses.stream().filter(use -> use.entity().equals(entity.name())).toList();
        if (columnsExist(entity, found, own)) {
            id(entity, found);
            own.forEach(use -> type(entity, found, use));
            unpublished(entity, found, own);
            sides(entity, found, own);
            found.stored().forEach(stored -> identity(entity, stored, own));
            entity.templates().forEach(template -> templates.check(entity, template));
        }
    }

    private boolean columnsExist(EntityMapping entity, CatalogTable table, List<ColumnUse> own) {
        boolean all = true;
        for (ColumnUse use : own) {
            if (!table.columns().containsKey(use.column())) {
                error(
                        DatabaseCode.NO_COLUMN,
                        use.at(),
                        "table " + entity.table() + " has no column '" + use.column() + "'; "
                                + Hint.of(use.column(), table.columns().keySet()));
                all = false;
            }
        }
        return all;
    }

    private void id(EntityMapping entity, CatalogTable table) {
        if (!table.isUnique(entity.id())) {
            error(
                    DatabaseCode.ID_NOT_UNIQUE,
                    entity.at("id"),
                    "id " + entity.id() + " of " + entity.table()
                            + " is not unique; expected the columns of a primary key or of a unique index");
        }
        for (String column : entity.id()) {
            if (table.columns().get(column).nullable()) {
                error(
                        DatabaseCode.ID_CAN_BE_NULL,
                        entity.at("id"),
                        "id column '" + column + "' of " + entity.table() + " can be null");
            }
        }
    }

    private void type(EntityMapping entity, CatalogTable table, ColumnUse use) {
        Column column = table.columns().get(use.column());
        String what = "column '" + use.column() + "' of " + entity.table() + " is of type " + column.typeName();
        Optional<String> instead = PrintedValues.instead(column);
        if (use.kind().isMatched() && instead.isPresent()) {
            error(
                    DatabaseCode.PRINTS_DIFFERENTLY,
                    use.at(),
                    what + ", whose equal values may print differently, and tags, isolates and joins go by what is"
                            + " printed; expected " + instead.get());
        } else if (use.kind().isPlacing() && isUnsuitable(column)) {
            error(DatabaseCode.NO_TYPE_FOR_KEYS, use.at(), what + ", which keys cannot be built from");
        } else if (use.kind() == Kind.KEY && instead.isPresent()) {
            problem(
                    DatabaseCode.KEY_PRINTS_DIFFERENTLY,
                    use.at(),
                    what + ", whose equal values may print differently: who names the key has to write it as the row"
                            + " does; better " + instead.get(),
                    Optional.empty());
        }
    }

    /** Whether values of the column have no text that depends on nothing else. */
    static boolean isUnsuitable(Column column) {
        return NO_KEY.contains(column.type()) || column.type().startsWith("_");
    }

    /** Warns of columns that are not published. They cause more evictions than needed, for no visible reason. */
    private void unpublished(EntityMapping entity, CatalogTable table, List<ColumnUse> own) {
        Predicate<ColumnUse> lacking = use ->
                use.kind() != Kind.IGNORED && !table.columns().get(use.column()).published();
        own.stream()
                .filter(lacking)
                .collect(Collectors.groupingBy(ColumnUse::column, TreeMap::new, Collectors.toList()))
                .forEach((column, mentions) -> problem(
                        DatabaseCode.NOT_PUBLISHED_COLUMN,
                        mentions.get(0).at(),
                        "column '" + column + "' of " + entity.table()
                                + " is generated, and PostgreSQL does not publish it: "
                                + (mentions.stream().anyMatch(use -> use.kind().isPlacing())
                                        ? "keys and tags that need it are evicted by pattern, all of them at each change of a row;"
                                        : "every update of a row counts as a change of it;")
                                + " expected a plain column, or PostgreSQL 18 or later with a stored one",
                        Optional.empty()));
    }

    /**
     * Values that are equal on both sides must print alike. An isolate must print like the parent's: it isolates the
     * parent's lists.
     */
    private void sides(EntityMapping entity, CatalogTable table, List<ColumnUse> own) {
        for (Reference reference : entity.references()) {
            if (own.stream()
                    .noneMatch(use ->
                            use.kind() == Kind.JOIN && reference.columns().contains(use.column()))) {
                continue;
            }
            for (int i = 0; i < reference.columns().size(); i++) {
                sides(
                        entity,
                        table,
                        reference.columns().get(i),
                        mapping.entity(reference.entity()),
                        reference.to().get(i),
                        reference.at());
            }
        }
        mapping.parentOf(entity)
                .filter(parent ->
                        entity.isolate().isPresent() && parent.isolate().isPresent())
                .ifPresent(parent -> sides(
                        entity,
                        table,
                        entity.isolate().get(),
                        parent,
                        parent.isolate().get(),
                        entity.at("isolate")));
    }

    private void sides(
            EntityMapping entity, CatalogTable table, String near, EntityMapping other, String far, Location at) {
        Column one = table.columns().get(near);
        Column another = catalog.table(other.table())
                .map(found -> found.columns().get(far))
                .orElse(null);
        if (one != null && another != null && !PrintedValues.alike(one, another)) {
            error(
                    DatabaseCode.TYPES_DIFFER,
                    at,
                    "column '" + near + "' of " + entity.table() + " is of type " + one + " and column '" + far
                            + "' of "
                            + other.table() + " of type " + another
                            + ": equal values print differently; expected the same type");
        }
    }

    private void identity(EntityMapping entity, CatalogTable table, List<ColumnUse> own) {
        var placing = new TreeSet<String>();
        var compared = new TreeSet<String>();
        for (ColumnUse use : own) {
            if (!table.identity().covers(use.column())) {
                if (use.kind().isPlacing()) {
                    placing.add(use.column());
                } else if (use.kind() == Kind.COMPARED || use.kind() == Kind.CONDITION) {
                    compared.add(use.column());
                }
            }
        }
        compared.removeAll(placing);
        if (!placing.isEmpty()) {
            problem(
                    DatabaseCode.IDENTITY_TOO_SMALL,
                    entity.at("table"),
                    "the replica identity of " + table.name() + " does not carry " + list(placing)
                            + ": the old keys of changed and deleted rows would be missed",
                    Optional.of(table.identityFor(placingColumns(own))));
        } else if (!compared.isEmpty()
                || (!table.identity().full() && entity.ignored().names().size() > 0)) {
            String lacking = compared.isEmpty() ? "the columns that are not ignored" : list(compared);
            problem(
                    DatabaseCode.IDENTITY_WASTES,
                    entity.at("table"),
                    "the replica identity of " + table.name() + " does not carry " + lacking
                            + ": every update of a row counts as a change of them",
                    Optional.of(table.identityFor(table.columns().keySet())));
        }
    }

    private static Set<String> placingColumns(List<ColumnUse> own) {
        return own.stream()
                .filter(use -> use.kind().isPlacing())
                .map(ColumnUse::column)
                .collect(Collectors.toSet());
    }

    private static String list(Set<String> columns) {
        return String.join(", ", new ArrayList<>(columns));
    }

    private void error(DatabaseCode code, Location at, String message) {
        problem(code, at, message, Optional.empty());
    }

    private void problem(DatabaseCode code, Location at, String message, Optional<String> remedy) {
        problems.add(new Problem(code, at, message, remedy));
    }
}
