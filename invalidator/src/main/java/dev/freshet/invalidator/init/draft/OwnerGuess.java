// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init.draft;

import dev.freshet.model.mapping.check.CatalogTable;
import dev.freshet.model.schema.Schema;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Guesses which column says whose a row is: one that many tables have, such as {@code tenant_id}. */
final class OwnerGuess {
    private static final List<String> CERTAIN = List.of("tenantid", "tenant", "tenantuuid");
    private static final List<String> LIKELY = List.of(
            "organizationid",
            "organisationid",
            "orgid",
            "workspaceid",
            "accountid",
            "companyid",
            "customerid",
            "userid");

    private final Schema schema;
    private final String name;
    private final String why;

    private OwnerGuess(Schema schema, String name, String why) {
        this.schema = schema;
        this.name = name;
        this.why = why;
    }

    /** The guess for these tables; empty if no such column is in most of them. */
    static Optional<OwnerGuess> of(Schema schema, Collection<CatalogTable> tables) {
        for (String name : CERTAIN) {
            long with = having(tables, name);
            if (with > 0) {
                return Optional.of(new OwnerGuess(schema, name, told(with, tables)));
            }
        }
        for (String name : LIKELY) {
            long with = having(tables, name);
            // The few tables that are the same for every owner do not have it.
            if (with >= 3 && with * 2 > tables.size()) {
                return Optional.of(new OwnerGuess(schema, name, told(with, tables)));
            }
        }
        return Optional.empty();
    }

    private static String told(long with, Collection<CatalogTable> tables) {
        return with + " of " + tables.size() + " tables have it";
    }

    private static long having(Collection<CatalogTable> tables, String name) {
        return tables.stream().filter(table -> column(table, name).isPresent()).count();
    }

    private static Optional<String> column(CatalogTable table, String name) {
        return table.columns().keySet().stream()
                .filter(column ->
                        column.replaceAll("[_-]", "").toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    /** The owner's column of one table, if it has one that can be used. */
    Optional<DraftOwner> in(CatalogTable table, List<String> id) {
        return column(table, name).flatMap(column -> {
            var probe = Probe.of(schema, table.name(), id, Optional.of(column), List.of());
            return probe.refusal().isPresent()
                    ? Optional.empty()
                    : Optional.of(new DraftOwner(column, why, probe.needs()));
        });
    }
}
