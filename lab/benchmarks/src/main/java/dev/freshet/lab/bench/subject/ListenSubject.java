// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.subject;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Unlinks each key that a row trigger names on channel {@value #CHANNEL}. */
public final class ListenSubject {
    /** The channel of the notifications, whose text is a key. */
    public static final String CHANNEL = "bench";

    private ListenSubject() {}

    /** Returns only by a failure. */
    static void run(SubjectSettings settings) throws SQLException {
        try (var unlinker = new Unlinker(settings.redisUri());
                Connection connection =
                        DriverManager.getConnection(settings.jdbcUrl(), settings.user(), settings.password())) {
            try (var statement = connection.createStatement()) {
                statement.execute("LISTEN " + CHANNEL);
            }
            var notifying = connection.unwrap(PGConnection.class);
            while (true) {
                PGNotification[] notifications = notifying.getNotifications(0);
                for (PGNotification notification : notifications == null ? new PGNotification[0] : notifications) {
                    unlinker.unlink(List.of(notification.getParameter()));
                }
            }
        }
    }
}
