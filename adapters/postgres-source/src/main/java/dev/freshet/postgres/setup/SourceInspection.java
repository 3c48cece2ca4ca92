// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.setup;

import dev.freshet.core.source.Shortcoming;
import dev.freshet.core.source.SlotInfo;
import dev.freshet.core.source.Topic;
import dev.freshet.model.finding.DatabaseCode;
import dev.freshet.model.finding.Place;
import dev.freshet.model.finding.Place.Kind;
import dev.freshet.model.mapping.TableName;
import dev.freshet.postgres.connection.Sql;
import dev.freshet.postgres.slot.Slots;
import dev.freshet.postgres.slot.StreamMark;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks whether PostgreSQL has what a capture needs. Changes nothing. */
public final class SourceInspection {
    private static final int OLDEST = 140000;
    private static final String SERVER = """
            SELECT current_setting('server_version_num')::int AS version, current_setting('wal_level') AS wal_level,
                   current_database() AS database, current_setting('server_version') AS release
            """;

    private final Connection connection;
    private final CaptureScope names;
    private final String role;
    private final List<Shortcoming> found = new ArrayList<>();

    private SourceInspection(Connection connection, CaptureScope names, String role) {
        this.connection = connection;
        this.names = names;
        this.role = role;
    }

    /** Everything that is missing, in the order in which to fix it. */
    public static List<Shortcoming> inspect(Connection connection, CaptureScope names) throws SQLException {
        return inspect(connection, names, Optional.empty());
    }

    /** @param role the role to check; empty for the connection's role */
    public static List<Shortcoming> inspect(Connection connection, CaptureScope names, Optional<String> role)
            throws SQLException {
        var inspection = new SourceInspection(connection, names, RoleInspection.current(connection, role));
        inspection.run();
        return List.copyOf(inspection.found);
    }

    private void run() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet server = statement.executeQuery(SERVER)) {
            server.next();
            int version = server.getInt("version");
            if (version < OLDEST) {
                found.add(Shortcoming.administrators(
                        Topic.SERVER,
                        DatabaseCode.OLD_POSTGRES,
                        Place.of(Kind.SETTING, "server_version"),
                        "PostgreSQL is " + server.getString("release") + ", expected 14 or later"));
            }
            var platform = Platform.of(connection);
            if (!"logical".equals(server.getString("wal_level"))) {
                found.add(platform.noLogicalWal(server.getString("wal_level")));
            }
            found.addAll(RoleInspection.inspect(connection, role, platform));
            Optional<PublicationInfo> publication = PublicationInfo.read(connection, names.publication());
            publication(publication, TableInspection.existing(connection, names.tables()), version);
            found.addAll(TableInspection.inspect(connection, names, role, platform));
            found.addAll(TableInspection.inheritedFrom(connection, names.tables()));
            found.addAll(TableInspection.namesAlike(connection, names.tables()));
            for (TableName table : GeneratedColumns.virtualInFullIdentity(connection, names.tables())) {
                found.add(Shortcoming.administrators(
                        Topic.OTHER,
                        DatabaseCode.VIRTUAL_IN_IDENTITY,
                        Place.of(Kind.TABLE, table.toString()),
                        "the replica identity of " + table + " is FULL and contains a virtual"
                                + " generated column: PostgreSQL refuses its updates and deletes while it is published;"
                                + " make the column stored, or use REPLICA IDENTITY USING INDEX"));
            }
            slot(publication.isPresent(), version, server.getString("database"));
        }
    }

    /**
     * @param tables the tables that exist, and whether they are partitioned; tables that do not exist are reported
     *     elsewhere
     */
    private void publication(Optional<PublicationInfo> known, Map<TableName, Boolean> tables, int version)
            throws SQLException {
        String name = names.publication();
        List<TableName> wanted =
                names.tables().stream().filter(tables::containsKey).toList();
        if (known.isEmpty()) {
            if (!wanted.isEmpty()) {
                found.add(Shortcoming.ours(
                        Topic.PUBLICATION,
                        DatabaseCode.NO_PUBLICATION,
                        Place.of(Kind.PUBLICATION, name),
                        "publication " + name + " does not exist",
                        Sql.createPublication(name, wanted, version),
                        Sql.markPublication(name)));
            }
            return;
        }
        PublicationInfo publication = known.get();
        // A publication that publishes under the partitions' names does not show whether it contains the partitioned
        // table. So that option is fixed first, and the table is checked in the next round.
        boolean ofPartitions = !publication.viaRoot() && tables.containsValue(true);
        List<TableName> missing = wanted.stream()
                .filter(table -> !publication.tables().contains(table) && !(ofPartitions && tables.get(table)))
                .toList();
        if (!missing.isEmpty()) {
            found.add(change(
                    publication,
                    DatabaseCode.TABLE_NOT_PUBLISHED,
                    "publication " + name + " does not publish " + missing,
                    Sql.addTables(name, missing)));
        }
        if (!publication.everyOperation()) {
            found.add(change(
                    publication,
                    DatabaseCode.OPERATIONS_MISSING,
                    "publication " + name + " does not publish every operation",
                    Sql.setOptions(name)));
        } else if (ofPartitions) {
            found.add(change(
                    publication,
                    DatabaseCode.BY_PARTITIONS,
                    "publication " + name + " publishes rows of partitioned tables under the partitions' names",
                    Sql.setOptions(name)));
        }
        if (publication.withoutGenerated()) {
            List<TableName> generated = GeneratedColumns.stored(connection, names.tables());
            if (!generated.isEmpty()) {
                found.add(change(
                        publication,
                        DatabaseCode.GENERATED_LEFT_OUT,
                        "publication " + name + " leaves generated columns of " + generated
                                + " out, and PostgreSQL refuses updates where the replica identity contains one",
                        Sql.publishGeneratedColumns(name)));
            }
        }
        names.tables().stream()
                .filter(publication.filtered()::contains)
                .forEach(table -> found.add(change(
                        publication,
                        DatabaseCode.ROW_FILTER,
                        "publication " + name + " leaves rows of " + table + " out",
                        Sql.dropTable(name, table),
                        Sql.addTables(name, List.of(table)))));
    }

    /** Only a publication that Freshet created is changed automatically. */
    private Shortcoming change(PublicationInfo publication, DatabaseCode code, String message, String... remedy) {
        Place place = Place.of(Kind.PUBLICATION, names.publication());
        return publication.ours()
                ? Shortcoming.ours(Topic.PUBLICATION, code, place, message, remedy)
                : Shortcoming.administrators(
                        Topic.PUBLICATION,
                        code,
                        place,
                        message + "; it is not Freshet's (it lacks the comment '" + Sql.MARK + "'): others may read it",
                        remedy);
    }

    private void slot(boolean published, int version, String database) throws SQLException {
        String name = names.slot();
        Place place = Place.of(Kind.SLOT, name);
        Optional<SlotInfo> known = Slots.read(connection, name);
        if (known.isEmpty()) {
            found.add(Shortcoming.ours(
                    Topic.SLOT,
                    DatabaseCode.NO_SLOT,
                    place,
                    "replication slot " + name + " does not exist",
                    Sql.createSlot(name, version)));
            return;
        }
        SlotInfo slot = known.get();
        if (!"pgoutput".equals(slot.plugin()) || !database.equals(slot.database())) {
            found.add(Shortcoming.administrators(
                    Topic.SLOT,
                    DatabaseCode.WRONG_SLOT,
                    place,
                    "replication slot " + name + " is of plugin " + slot.plugin()
                            + " for database " + slot.database() + ", expected pgoutput for " + database
                            + "; give another name with --slot"));
        } else if ((slot.lost() || !published) && StreamMark.isOthers(connection, name)) {
            found.add(Shortcoming.administrators(
                    Topic.OTHER,
                    DatabaseCode.SLOT_OF_OTHERS,
                    place,
                    "replication slot " + name + " is in use by " + Slots.holder(connection, slot)
                            + ", which is not Freshet's; give another name with --slot"));
        } else if (slot.lost()) {
            found.add(Shortcoming.ours(
                    Topic.SLOT,
                    DatabaseCode.SLOT_LOST,
                    place,
                    "replication slot " + name + " is lost"
                            + (slot.invalidation() == null ? "" : " (" + slot.invalidation() + ")")
                            + ": PostgreSQL has removed WAL that it needed, and changes were missed",
                    Sql.dropSlot(name),
                    Sql.createSlot(name, version)));
        } else if (!published) {
            // Changes from before the publication are missing from the stream, and up to PostgreSQL 17 the slot would
            // fail for ever.
            found.add(Shortcoming.ours(
                    Topic.SLOT,
                    DatabaseCode.SLOT_TOO_OLD,
                    place,
                    "replication slot " + name + " is older than the publication",
                    Sql.dropSlot(name),
                    Sql.createSlot(name, version)));
        }
    }
}
