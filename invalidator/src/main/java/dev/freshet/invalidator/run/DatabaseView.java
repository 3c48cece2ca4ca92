// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.invalidator.plan.Relations;
import dev.freshet.invalidator.source.Shortcoming;
import dev.freshet.model.mapping.KeyPatterns;
import dev.freshet.model.meaning.KeyRule;
import dev.freshet.protocol.Coverage;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/** What the run asks of the application's tables. */
public interface DatabaseView {
    /** What of the mapping does not fit the tables, with the statements that mend it. */
    List<Shortcoming> shortcomings(Connection connection) throws SQLException;

    /** Which tags changes of the tables purge. */
    Coverage coverage(Connection connection);

    /**
     * What the templates' keys look like, by the types that the columns have, and had when this was asked before.
     *
     * @param others templates of another mapping
     */
    KeyPatterns patterns(Connection connection, Collection<KeyRule> others);

    /** Looks rows up over this connection, which is used for nothing else. */
    Relations relations(Connection connection) throws SQLException;
}
