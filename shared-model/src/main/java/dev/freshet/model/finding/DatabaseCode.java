// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.finding;

import static dev.freshet.model.finding.Severity.ERROR;
import static dev.freshet.model.finding.Severity.NOTE;
import static dev.freshet.model.finding.Severity.WARNING;

/** What can be found in PostgreSQL, and where a mapping does not fit its tables. */
public enum DatabaseCode implements Code {
    NO_ANSWER("FR201", ERROR, "PostgreSQL does not answer", "PostgreSQL at FRESHET_JDBC_URL", """
            The host is not known, nothing listens there, what answers is not PostgreSQL, or the connection broke.

            check can tell nothing about the database. run waits for a server that does not answer yet; a host that is not
            known ends it.

            Check host and port in FRESHET_JDBC_URL, and that the server is up and takes connections from here.
            """),
    LOGIN_REFUSED("FR202", ERROR, "PostgreSQL refuses the login", "a user and password that pg_hba.conf accepts", """
            PostgreSQL is there and does not let this user in.

            Nothing is evicted.

            Check FRESHET_JDBC_USER, FRESHET_JDBC_PASSWORD (or the file that FRESHET_JDBC_PASSWORD_FILE names) and
            pg_hba.conf, which must allow the database and, for the stream, replication connections to it.
            """),
    NO_DATABASE("FR203", ERROR, "there is no such database", "the database with the tables of the mapping", """
            The server is there, and has no database of that name.

            Nothing is evicted.

            Check the name at the end of FRESHET_JDBC_URL.
            """),
    NOT_PRIMARY("FR204", ERROR, "the server accepts no writes", "the primary", """
            The server is a standby, or read-only. Slot, changes and current rows are on the primary.

            Nothing is evicted.

            Give the primary's address, or all servers of which one is it: host:port,host:port.
            """),
    NOT_ALLOWED("FR205", ERROR, "PostgreSQL refuses a statement to this role", "the rights that check lists", """
            The role lacks a right that the invalidator needs.

            The stream cannot be opened, or rows cannot be looked up. run retries until the right is there.

            'freshet invalidator check' lists the rights that are missing, each with its GRANT.
            """),
    OLD_POSTGRES("FR211", ERROR, "a version of PostgreSQL that is too old", "PostgreSQL 14 or later", """
            The server is older than PostgreSQL 14.

            What a change evicts was never tried there, and some of what is asked of the catalogue does not exist.

            Upgrade PostgreSQL.
            """),
    WAL_LEVEL("FR212", ERROR, "the WAL has not what a logical slot needs", "wal_level = logical", """
            Changes of rows are read from the WAL, which contains enough for that only with wal_level = logical.

            No slot can be made or read: nothing is evicted.

            Set it, and restart PostgreSQL. Managed platforms have a setting of their own for it: docs/managed.
            """),
    NO_TABLE("FR221", ERROR, "there is no such table", "a table of this database", """
            An entity names a table that the database does not have.

            Nothing that it should evict is evicted.

            Correct the name, with its schema, or give the right database.
            """),
    NOT_A_TABLE("FR222", ERROR, "something whose changes cannot be seen", "an ordinary or a partitioned table", """
            The name is that of a view, a partition, an unlogged, temporary or foreign table, or another object whose changes
            are not published under its name.

            Its changes are in no stream: keys made from it would stay stale.

            Map the tables that a view reads, the partitioned table in place of a partition; convert an unlogged table.
            """),
    NO_COLUMN("FR223", ERROR, "there is no such column", "a column of the table", """
            The mapping names a column that the table does not have.

            Keys that need it could only be evicted by pattern, all of them at each change.

            Correct the name. Names with upper case or other signs are written as in the catalogue.
            """),
    ID_NOT_UNIQUE("FR224", ERROR, "an id that is not unique", "the columns of a primary key or of a unique index", """
            The id of an entity says which row is meant. Two rows of this table can have the same.

            A change of one row would count as one of the other, and tags would be mixed up.

            Name the columns of a unique key that is valid for all rows, or make one.
            """),
    ID_CAN_BE_NULL("FR225", ERROR, "an id that can be null", "columns that are NOT NULL", """
            A column of the id can be null, and null equals nothing.

            Rows without an id cannot be evicted by it.

            Declare the column NOT NULL, or take another unique key.
            """),
    PRINTS_DIFFERENTLY(
            "FR226", ERROR, "equal values that print differently", "a type that prints equal values alike", """
            Rows are matched by the text of their values. Values of this type can be equal, and print differently (1.0 and
            1.00, or texts that a collation takes for the same).

            A row that is joined in SQL would not be found by its text, and its keys be missed.

            Change the type as the message says.
            """),
    NO_TYPE_FOR_KEYS(
            "FR227", ERROR, "a type that keys cannot be built from", "a type with one text for each value", """
            The text of values of this type depends on settings of the session, or is unfit for a key: json, bytea, arrays,
            floats, intervals and the like.

            The invalidator would build another key than the application.

            Build the key from another column.
            """),
    TYPES_DIFFER("FR228", ERROR, "two sides of a reference print differently", "the same type on both sides", """
            A reference compares two columns whose types print equal values in different ways, such as an integer and a
            numeric with decimals.

            Rows that are joined in SQL would not be matched, and their keys be missed.

            Give both columns the same type.
            """),
    WIDE_TEMPLATE(
            "FR229", ERROR, "a template that begins with anything", "text at the beginning, or 'wide: true'", """
            The template begins with a column that can hold any text, so the pattern by which a purge finds its keys begins
            with anything.

            A purge would delete every key that ends like the template, whoever stored it.

            Put text before it. If Redis has no keys of others, allow it with 'wide: true' beside 'key'.
            """),
    FUNCTION_TYPE(
            "FR230", ERROR, "a function that does not take the column's type", "a column of a type that it takes", """
            'format' takes dates and time stamps, by themselves and not behind another function, and a time zone only where
            the type has one.

            The key could not be computed.

            Use it on a column of type date, timestamp or timestamptz.
            """),
    CONDITION_TYPE(
            "FR231", ERROR, "a condition that cannot be decided by text", "a comparison that values can meet", """
            Conditions compare what is printed. The column prints equal values differently, the two columns have different
            types, no value of the column can print as the text it is compared with, or the order or the pattern of its
            values is known to the database alone.

            The condition would hold for other rows than it says, and keys be missed.

            Compare with a text that the type prints, such as true, 2.50 or a label of the enum, or test only for null.
            Numbers, dates and time stamps can be compared by their order, texts by a pattern.
            """),
    KEY_PRINTS_DIFFERENTLY(
            "FR232", WARNING, "a key whose equal values may print differently", "a type that prints alike", """
            The key has a column whose equal values can print differently. The invalidator writes what the row has.

            A program that writes the value in another form (1.5 for 1.50) stores a key that is not evicted.

            Let programs build keys from what the row prints, or change the type as the message says.
            """),
    NOT_PUBLISHED_COLUMN("FR233", WARNING, "a generated column that is not in the stream", "a plain column", """
            PostgreSQL does not publish generated columns before version 18, and virtual ones never.

            Nothing is missed, but more is evicted: keys that need it go by pattern, all of them at each change of a row.

            Use the columns that it is computed from, with a function of the mapping; or PostgreSQL 18 with a stored column.
            """),
    IDENTITY_TOO_SMALL(
            "FR234", ERROR, "a replica identity that is too small", "one that carries all columns of keys", """
            Of a changed or deleted row the WAL has only the columns of the table's replica identity, by default the primary
            key. Old keys need more of them.

            When a row moves or goes, the key that it had would stay in the cache.

            Run the statement, as the owner of the table, or check --apply=replica-identity. REPLICA IDENTITY FULL makes
            updates write more WAL.
            """),
    IDENTITY_WASTES(
            "FR235", WARNING, "a replica identity that evicts more than needed", "one with the columns compared", """
            Without the old values it cannot be seen whether 'on', 'listed', 'ignored' or 'when' columns changed.

            Nothing is missed: every update counts as a change of them, and evicts.

            Run the statement if too much is evicted, or check --apply=warnings. It makes updates write more WAL.
            """),
    INHERITED_FROM("FR236", ERROR, "a table that others inherit from", "no heirs, or a partitioned table", """
            Rows of tables that inherit (INHERITS) are found in this table, but their changes are published under their own
            names.

            Their changes would be missed.

            Map the heirs by themselves, or use partitions.
            """),
    NAMES_ALIKE("FR237", ERROR, "columns that differ only by case", "names that differ otherwise", """
            Debezium cannot read changes of a table with two columns such as id and ID.

            The stream stops at the first change of the table.

            Rename all but one of them.
            """),
    VIRTUAL_IN_IDENTITY("FR238", ERROR, "a replica identity with a virtual column", "an identity without it", """
            The replica identity is FULL, and the table has a virtual generated column, which is never published.

            PostgreSQL refuses updates and deletes of the table as soon as it is published: the application fails.

            Make the column stored, or use REPLICA IDENTITY USING INDEX.
            """),
    NO_ROLE("FR241", ERROR, "there is no such role", "the role that the invalidator logs in with", """
            --for-role names a role that does not exist.

            Its rights cannot be checked or given.

            Create it, with a password of your choice.
            """),
    NO_LOGIN("FR242", ERROR, "the role may not log in", "a role with LOGIN", """
            The role has no LOGIN.

            The invalidator cannot connect.

            Run the statement.
            """),
    NO_CONNECT("FR243", ERROR, "the role may not connect to the database", "CONNECT on the database", """
            CONNECT was revoked from everybody, and not granted to this role.

            The invalidator cannot connect.

            Run the statement.
            """),
    NO_REPLICATION("FR244", ERROR, "the role may not read slots", "a role with REPLICATION", """
            Reading a replication slot needs REPLICATION, or what stands for it on a managed platform.

            The stream cannot be opened: nothing is evicted.

            Run the statement, as an administrator.
            """),
    NO_CATALOG_RIGHT("FR245", ERROR, "a right of everybody was revoked", "the right that the statement gives", """
            A function or catalogue of PostgreSQL's own, which every role may use unless an administrator revoked it, may not
            be used by this role.

            Some are needed at each start, others only when something goes wrong.

            Run the statement, or check --apply --for-role.
            """),
    NOT_READABLE("FR246", ERROR, "a table that may not be read", "SELECT on tables that paths lead through", """
            Keys over several tables are found by looking rows up. The role may not read one of these tables.

            Their keys cannot be found; run does not start, or retries.

            Run the statements.
            """),
    ROWS_HIDDEN("FR247", ERROR, "row-level security hides rows", "a role that sees all rows", """
            Policies hide rows of a table that is looked up, and PostgreSQL does so silently.

            Keys of hidden rows would be missed.

            Run the statement: it lets the role see all rows.
            """),
    TYPE_NOT_USABLE("FR248", ERROR, "a type that may not be named", "USAGE on the schema of the type", """
            Look-ups name the types of the columns they look up by. This type is in a schema that the role may not use.

            The look-up is refused.

            Run the statement.
            """),
    NOT_ALL_LOOKED_AT("FR249", ERROR, "check could not look at everything", "the rights listed before it", """
            A right was missing for something that check asks itself.

            There may be more findings than are listed.

            Give the rights, and run check again.
            """),
    NO_PUBLICATION("FR251", ERROR, "there is no publication", "a publication of the mapping's tables", """
            The publication says which tables' changes reach the stream.

            Nothing is evicted. run creates it if its role may.

            Run the statements as the owner of the tables, or check --apply.
            """),
    TABLE_NOT_PUBLISHED(
            "FR252", ERROR, "tables that are not published", "all tables of the mapping in the publication", """
            The publication lacks tables of the mapping.

            Their changes are missed. run adds them if the publication is Freshet's and the role may.

            Run the statement; of a publication that others made, --apply=publication. Afterwards the namespace is purged.
            """),
    OPERATIONS_MISSING("FR253", ERROR, "operations that are not published", "insert, update, delete and truncate", """
            The publication leaves out some kinds of changes.

            These are missed.

            Run the statement; of a publication that others made, --apply=publication.
            """),
    BY_PARTITIONS(
            "FR254", ERROR, "partitions published under their own names", "publish_via_partition_root = true", """
            Rows of partitioned tables are published under the names of the partitions, which the mapping does not have.

            Their changes would be missed.

            Run the statement; of a publication that others made, --apply=publication.
            """),
    GENERATED_LEFT_OUT("FR255", ERROR, "generated columns left out", "publish_generated_columns = stored", """
            From PostgreSQL 18 on, a replica identity must not contain a generated column that the publication leaves out.

            PostgreSQL refuses updates of such a table: the application fails.

            Run the statement; of a publication that others made, --apply=publication.
            """),
    ROW_FILTER("FR256", ERROR, "rows that are not published", "a publication without row filters on these tables", """
            The publication has a row filter (WHERE) on a table of the mapping.

            Changes of rows that do not meet it are missed.

            Run the statements; of a publication that others made, --apply=publication.
            """),
    NO_SLOT("FR261", ERROR, "there is no replication slot", "a slot of plugin pgoutput in this database", """
            The slot keeps the WAL from which changes are read, and how far they were evicted.

            Nothing is evicted. run creates it if its role may, and purges the namespace.

            Run the statement, or check --apply. It waits until the transactions that are writing have ended.
            """),
    WRONG_SLOT("FR262", ERROR, "a slot for something else", "a slot of plugin pgoutput in this database", """
            A slot of that name exists, but it is physical, of another plugin, or of another database.

            The stream cannot be opened.

            Give another name with --slot.
            """),
    SLOT_OF_OTHERS("FR263", ERROR, "a slot that another program uses", "a slot of Freshet's own", """
            A program that is not Freshet streams from the slot.

            A slot is read by one program. Freshet ends nobody else's stream: it waits.

            Stop that program, or give another name with --slot.
            """),
    SLOT_LOST("FR264", ERROR, "a slot that has lost WAL", "a slot with all WAL since its position", """
            PostgreSQL removed WAL that the slot needed: it grew past max_slot_wal_keep_size, or the slot was invalidated.

            Changes were missed. run makes the slot anew and purges the namespace, if its role may.

            Run the statements, or check --apply. Raise max_slot_wal_keep_size, or look why nothing was read for so long.
            """),
    SLOT_TOO_OLD("FR265", ERROR, "a slot that is older than the publication", "a slot made after its publication", """
            The slot begins before the publication existed.

            Changes from before are not in the stream, and up to PostgreSQL 17 the stream fails for ever.

            Run the statements, or check --apply.
            """),
    OTHER_INSTANCE(
            "FR267", ERROR, "another instance works on the slot with another mapping", "one mapping a slot", """
            An instance with another mapping or namespace works on the same slot.

            The two would evict by different rules in turn. run refuses to stand by (exit code 5).

            Stop the other one first, start this one with --take-over, or give each a slot of its own.
            """),
    PROMOTION_LOSES_SLOT("FR271", NOTE, "a promotion loses the slot", "PostgreSQL 17 or later", """
            Before PostgreSQL 17 logical slots are not copied to standbys.

            When a standby is promoted, the slot is made anew there and the namespace is purged. Nothing stale is served as
            fresh, but the cache begins empty.

            Nothing. With PostgreSQL 17 the slot can be synchronised. Some managed platforms keep slots in other ways.
            """),
    SLOT_NOT_FAILOVER("FR272", WARNING, "a slot that is not copied to standbys", "a slot with failover", """
            The slot exists without the property failover, as one that was made before PostgreSQL 17, or by hand.

            A promoted standby does not have it: it is made anew there, and the namespace is purged.

            Stop the invalidator and run the command, which sets the property over a replication connection. Or drop the slot:
            Freshet makes it with failover, and purges the namespace.
            """),
    STANDBYS_UNKNOWN(
            "FR273", NOTE, "whether a promotion keeps the slot is not known", "standbys in FRESHET_JDBC_URL", """
            Whether a standby copies the slot is decided by its own settings. None was asked: the URL names no standby, or none
            answered.

            If no standby copies the slot, a promotion makes it anew and purges the namespace.

            Name primary and standbys in FRESHET_JDBC_URL (host:port,host:port), which a failover needs as well. If there is no
            standby, nothing is to do.
            """),
    STANDBY_SETTING(
            "FR274", WARNING, "a setting of a standby keeps it from copying the slot", "the setting as stated", """
            A standby copies slots with failover if it has wal_level = logical, sync_replication_slots = on,
            hot_standby_feedback = on, a primary_slot_name, and a database in primary_conninfo. One of these is otherwise.

            If this standby is promoted, the slot is made anew there and the namespace is purged.

            Run the statements on the standby named, as a superuser.
            """),
    NOT_SYNCHRONIZED(
            "FR275", WARNING, "a standby that has not the slot yet", "the slot there, synced and not temporary", """
            The standby has no copy of the slot that a promotion would keep. If its settings are right it gets one as soon as
            the slot has moved on since the standby started to copy it.

            If this standby is promoted now, the slot is made anew there and the namespace is purged.

            Mend the settings that are named beside it, and look again after some changes. The standby's log says what it
            waits for.
            """),
    STANDBYS_NOT_WAITED_FOR(
            "FR276", WARNING, "the stream may be ahead of the standbys", "synchronized_standby_slots", """
            The slot is copied to standbys, but synchronized_standby_slots on the primary is empty, so changes may be sent
            before a standby has them.

            A standby that is promoted then continues before the place up to which changes were evicted, and may lack
            some of these.

            Set it to the physical slots of the standbys. Then the stream waits for these, so a standby that is away holds
            evictions up.
            """),
    STANDBY_AWAY(
            "FR277",
            WARNING,
            "the stream waits for a standby that is away",
            "an active physical slot of that name",
            """
            synchronized_standby_slots names a physical slot that does not exist or that no standby uses.

            PostgreSQL sends no change to a slot with failover until that standby has it: evictions stand still.

            Bring the standby back, or take its slot out of synchronized_standby_slots.
            """),
    PURGE_PATTERNS("FR291", NOTE, "keys that a purge would look for", "keys of this application alone", """
            When changes may have been missed, a purge deletes the application's keys that a template can have made, by these
            patterns. Redis was not asked how many there are.

            If other programs keep keys under the same names, a purge deletes these as well. The first start purges.

            Give --redis-url (or FRESHET_REDIS_URL) to count them.
            """);

    private final String id;
    private final Severity severity;
    private final Explanation explanation;

    DatabaseCode(String id, Severity severity, String title, String expected, String text) {
        this.id = id;
        this.severity = severity;
        this.explanation = Explanation.of(title, expected, text);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Severity severity() {
        return severity;
    }

    @Override
    public Layer layer() {
        return Layer.DATABASE;
    }

    @Override
    public Explanation explanation() {
        return explanation;
    }
}
