// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.connection;

import dev.freshet.core.source.ServerIdentity;
import dev.freshet.protocol.Lsn;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a primary that was promoted where it left its former timelines. Needs a role that may replicate, and no more. */
public final class TimelineHistory {
    private static final Logger LOG = LoggerFactory.getLogger(TimelineHistory.class);
    /** A timeline, and where it was left; behind that a reason, for people. */
    private static final Pattern LINE =
            Pattern.compile("\\s*(\\d{1,9})\\s+([0-9A-Fa-f]{1,8}/[0-9A-Fa-f]{1,8})(\\s.*)?");

    private TimelineHistory() {}

    /** The identity with its former timelines; without, if the server no longer has their file. */
    public static ServerIdentity of(PostgresConnections connections, ServerIdentity server) throws SQLException {
        try (Connection connection = connections.openReplication("history");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("TIMELINE_HISTORY " + server.timeline())) {
            row.next();
            return server.having(parse(row.getString(2)));
        } catch (SQLException e) {
            if (FailureCause.isPassing(e)) {
                throw e;
            }
            LOG.warn("PostgreSQL does not tell the history of timeline {}: {}", server.timeline(), FailureCause.in(e));
            return server;
        }
    }

    /** @param file the content of a history file of PostgreSQL */
    static Map<Integer, Lsn> parse(String file) {
        var left = new HashMap<Integer, Lsn>();
        file.lines()
                .map(LINE::matcher)
                .filter(line -> line.matches())
                .forEach(line -> left.put(Integer.valueOf(line.group(1)), Lsn.parse(line.group(2))));
        return left;
    }
}
