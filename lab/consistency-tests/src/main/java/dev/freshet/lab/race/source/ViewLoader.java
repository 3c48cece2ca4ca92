// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.source;

import dev.freshet.context.Level;
import dev.freshet.lab.race.history.Row;
import dev.freshet.lab.race.transaction.ContextTables;
import dev.freshet.lab.race.world.View;
import dev.freshet.lab.race.world.ViewParser;
import dev.freshet.protocol.Tag;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;

/**
 * Loads views from PostgreSQL. The JSON is spelled as by the reader-service, because both share the cache. Not
 * thread-safe.
 */
public final class ViewLoader implements AutoCloseable {
    private static final String SETUP = "set statement_timeout = '30s'; set default_transaction_read_only = on";

    private final DataSource database;
    private Connection connection;

    public ViewLoader(DataSource database) {
        this.database = database;
    }

    /** Loads a view with one statement, and therefore from one snapshot. */
    public LoadedView load(View view) throws SQLException {
        var row = view.row();
        boolean done = false;
        try (var statement = open().prepareStatement(ViewQueries.of(view))) {
            statement.setString(1, row.user());
            statement.setObject(2, ContextTables.id(row));
            try (var result = statement.executeQuery()) {
                result.next();
                var found = switch (view.kind()) {
                    case OWN -> own(row, result);
                    case RESOLVED -> resolved(row, result);
                    case LIST -> list(row, result);
                };
                done = true;
                return found;
            }
        } finally {
            if (!done) {
                close();
            }
        }
    }

    private static LoadedView own(Row row, ResultSet result) throws SQLException {
        var tags = List.of(tag(row));
        if (result.getString("id") == null) {
            return found(null, tags, result);
        }
        var level = row.level();
        var json = new StringBuilder(160)
                .append("{\"level\":\"")
                .append(level)
                .append("\",\"id\":")
                .append(id(level, row.id()));
        if (level != Level.GLOBAL) {
            json.append(",\"parent\":").append(id(level.parent().orElseThrow(), result.getString("parent")));
        }
        json.append(",\"name\":\"")
                .append(result.getString("name"))
                .append("\",\"version\":")
                .append(result.getString("version"))
                .append(",\"document\":{")
                .append(member(level, result.getString("shown")))
                .append("}}");
        return found(json, tags, result);
    }

    private static LoadedView resolved(Row row, ResultSet result) throws SQLException {
        if (result.getString("global_id") == null) {
            return found(null, List.of(tag(row)), result);
        }
        var tags = new ArrayList<Tag>(4);
        var document = new StringBuilder(80);
        var chain = new StringBuilder(160);
        for (var level : Arrays.asList(Level.values()).subList(0, row.level().ordinal() + 1)) {
            var id = result.getString(level + "_id");
            var comma = tags.isEmpty() ? "" : ",";
            document.append(comma).append(member(level, result.getString(level + "_shown")));
            chain.append(comma)
                    .append("{\"level\":\"")
                    .append(level)
                    .append("\",\"id\":")
                    .append(id(level, id))
                    .append('}');
            tags.add(level == row.level() ? tag(row) : Tag.inherited(level.label(), List.of(id)));
        }
        var json = new StringBuilder(320)
                .append("{\"level\":\"")
                .append(row.level())
                .append("\",\"id\":")
                .append(id(row.level(), row.id()))
                .append(",\"name\":\"")
                .append(result.getString("name"))
                .append("\",\"document\":{")
                .append(document)
                .append("},\"chain\":[")
                .append(chain)
                .append("]}");
        return found(json, tags, result);
    }

    private static LoadedView list(Row row, ResultSet result) throws SQLException {
        var tags = List.of(Tag.children(
                row.level().label(),
                List.of(row.id()),
                row.level().child().orElseThrow().label()));
        if (result.getString("id") == null) {
            return found(null, tags, result);
        }
        var position = result.getString("wal");
        var snapshot = result.getString("snap");
        var json = new StringBuilder(200).append("{\"items\":[");
        var comma = "";
        do {
            if (result.getString("child") != null) {
                json.append(comma)
                        .append("{\"id\":")
                        .append(result.getString("child"))
                        .append(",\"name\":\"")
                        .append(result.getString("name"))
                        .append('"');
                if (result.getString("status") != null) {
                    json.append(",\"status\":\"")
                            .append(result.getString("status"))
                            .append('"');
                }
                json.append('}');
                comma = ",";
            }
        } while (result.next());
        return new LoadedView(bytes(json.append("],\"next\":null}")), tags, position, snapshot);
    }

    private static LoadedView found(StringBuilder json, List<Tag> tags, ResultSet result) throws SQLException {
        return new LoadedView(
                json == null ? null : bytes(json), tags, result.getString("wal"), result.getString("snap"));
    }

    private static byte[] bytes(StringBuilder json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String member(Level level, String version) {
        return "\"" + ViewParser.member(level) + "\":" + version;
    }

    private static String id(Level level, String id) {
        return level == Level.GLOBAL ? "\"" + id + "\"" : id;
    }

    private static Tag tag(Row row) {
        return Tag.row(row.level().label(), List.of(row.id()));
    }

    private Connection open() throws SQLException {
        if (connection == null) {
            var opened = database.getConnection();
            try (var statement = opened.createStatement()) {
                statement.execute(SETUP);
            }
            connection = opened;
        }
        return connection;
    }

    @Override
    public void close() {
        var standing = connection;
        connection = null;
        if (standing != null) {
            try {
                standing.close();
            } catch (SQLException e) {
                org.slf4j.LoggerFactory.getLogger(ViewLoader.class)
                        .info("closing a reader's connection: {}", e.toString());
            }
        }
    }
}
