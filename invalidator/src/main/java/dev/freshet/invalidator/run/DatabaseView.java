// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.invalidator.plan.Relations;
import dev.freshet.invalidator.source.Shortcoming;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What the run asks of the application's tables. */
public interface DatabaseView {
    /** What of the mapping does not fit the tables, with the statements that mend it. */
    List<Shortcoming> shortcomings(Connection connection) throws SQLException;

    /** Looks rows up over this connection, which is used for nothing else. */
    Relations relations(Connection connection) throws SQLException;
}
