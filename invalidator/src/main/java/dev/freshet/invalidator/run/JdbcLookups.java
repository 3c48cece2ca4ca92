// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.invalidator.plan.Relations;
import dev.freshet.invalidator.source.WalPosition;
import dev.freshet.model.mapping.KeyPatterns;
import dev.freshet.model.meaning.KeyRule;
import dev.freshet.protocol.Lsn;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;

/** Over one connection, which is used for nothing else. */
record JdbcLookups(DatabaseView view, Connection connection) implements Lookups {
    @Override
    public Relations relations() throws SQLException {
        return view.relations(connection);
    }

    @Override
    public Lsn walEnd() throws SQLException {
        return WalPosition.read(connection);
    }

    @Override
    public KeyPatterns patterns(Collection<KeyRule> others) {
        return view.patterns(connection, others);
    }
}
