// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.postgres;

import dev.freshet.core.source.SourceException;
import java.sql.SQLException;

/** Runs what may throw an exception of the driver, and hands it on as a {@link SourceException}. */
final class Asked {
    private Asked() {}

    /** A question to the database. */
    interface Question<T> {
        T ask() throws SQLException;
    }

    /** A statement without an answer. */
    interface Statement {
        void run() throws SQLException;
    }

    static <T> T of(Question<T> question) {
        try {
            return question.ask();
        } catch (SQLException e) {
            throw new SourceException(e);
        }
    }

    static void run(Statement statement) {
        try {
            statement.run();
        } catch (SQLException e) {
            throw new SourceException(e);
        }
    }
}
