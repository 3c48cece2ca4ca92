// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.setup;

import dev.freshet.core.source.SlotInfo;
import dev.freshet.model.mapping.TableName;
import dev.freshet.postgres.connection.Sql;
import dev.freshet.postgres.slot.Slots;
import dev.freshet.postgres.slot.StreamMark;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What stands in a database for Freshet's sake, and how it is taken away. Reads only. */
public final class Installed {
    private static final String PLUGIN = "pgoutput";

    private static final String DATABASE = "SELECT current_database()";

    /** A table that another publication has is read by others, too, who may need its old rows. */
    private static final String IDENTITIES = """
            SELECT p.nspname, c.relname, c.relreplident = 'f' AS whole
            FROM unnest(?::text[], ?::text[]) AS t(schema, name)
            JOIN pg_namespace n ON n.nspname = t.schema
            JOIN pg_class root ON root.relnamespace = n.oid AND root.relname = t.name
            CROSS JOIN LATERAL (SELECT root.oid UNION SELECT relid::oid FROM pg_partition_tree(root.oid)) AS part(oid)
            JOIN pg_class c ON c.oid = part.oid
            JOIN pg_namespace p ON p.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND c.relreplident IN ('f', 'i')
              AND NOT EXISTS (SELECT FROM pg_publication_tables o
                              WHERE o.schemaname = t.schema AND o.tablename = t.name AND o.pubname <> ?)
            ORDER BY 1, 2
            """;

    private Installed() {}

    /**
     * One object.
     *
     * @param what for people, such as {@code publication freshet}
     * @param removal the statement that takes it away; empty if it stays
     * @param why it stays, or a remark; may be empty
     */
    public record Item(String what, Optional<String> removal, String why) {
        static Item gone(String what, String removal, String remark) {
            return new Item(what, Optional.of(removal), remark);
        }

        static Item stays(String what, String why) {
            return new Item(what, Optional.empty(), why);
        }
    }

    /**
     * The slot and the publication of these names, as far as they exist, and replica identities that are not the default,
     * in the order in which to take them away.
     *
     * @param whyNot why an idle slot of that name stays: PostgreSQL does not record who made it. Empty if it is Freshet's
     * @param identities whether to look at replica identities: PostgreSQL does not record who set them
     */
    public static List<Item> find(
            Connection connection, CaptureScope names, Optional<String> whyNot, boolean identities)
            throws SQLException {
        var items = new ArrayList<Item>();
        slot(connection, names.slot(), whyNot).ifPresent(items::add);
        publication(connection, names.publication()).ifPresent(items::add);
        if (identities) {
            items.addAll(identities(connection, names));
        }
        return items;
    }

    private static Optional<Item> slot(Connection connection, String name, Optional<String> whyNot)
            throws SQLException {
        Optional<SlotInfo> known = Slots.read(connection, name);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        SlotInfo slot = known.get();
        String what = "replication slot " + name;
        String database = database(connection);
        if (!PLUGIN.equals(slot.plugin()) || !database.equals(slot.database())) {
            return Optional.of(Item.stays(
                    what,
                    "it is of plugin " + slot.plugin() + " for database " + slot.database() + ", Freshet's is of "
                            + PLUGIN + " for " + database));
        }
        if (slot.activePid() != 0 || StreamMark.isOthers(connection, name)) {
            return Optional.of(Item.stays(what, "it is in use by " + Slots.holder(connection, slot)));
        }
        return Optional.of(
                whyNot.map(why -> Item.stays(what, why)).orElseGet(() -> Item.gone(what, Sql.dropSlot(name), "")));
    }

    private static String database(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(DATABASE);
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }

    private static Optional<Item> publication(Connection connection, String name) throws SQLException {
        return PublicationInfo.read(connection, name)
                .map(publication -> publication.ours()
                        ? Item.gone(
                                "publication " + name,
                                "DROP PUBLICATION " + Sql.identifier(name) + ";",
                                "of " + publication.tables().size() + " tables")
                        : Item.stays(
                                "publication " + name,
                                "it lacks the comment '" + Sql.MARK + "': others made it, and may read it"));
    }

    /** Replica identities that are not the default, of tables that no other publication has. */
    public static List<Item> identities(Connection connection, CaptureScope names) throws SQLException {
        var items = new ArrayList<Item>();
        try (PreparedStatement query = connection.prepareStatement(IDENTITIES)) {
            TableInspection.bind(query, names.tables());
            query.setString(3, names.publication());
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    var table = new TableName(rows.getString(1), rows.getString(2));
                    items.add(Item.gone(
                            "replica identity of " + table,
                            "ALTER TABLE " + Sql.table(table) + " REPLICA IDENTITY DEFAULT;",
                            rows.getBoolean(3) ? "is FULL" : "is an index"));
                }
            }
        }
        return items;
    }
}
