// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.run;

import dev.freshet.core.gate.Snapshot;
import dev.freshet.core.source.ServerIdentity;
import dev.freshet.core.source.Shortcoming;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.check.CatalogTable;
import dev.freshet.model.mapping.pattern.KeyPatterns;
import dev.freshet.model.meaning.KeyRule;
import dev.freshet.postgres.look.DatabaseLook;
import dev.freshet.protocol.Coverage;
import dev.freshet.sink.evict.Database;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The database, over a connection of its own. */
record PostgresDatabase(DatabaseLook look) implements Database {
    @Override
    public ServerIdentity server() {
        return look.server();
    }

    @Override
    public String name() {
        return look.database();
    }

    @Override
    public List<Shortcoming> shortcomings() {
        return look.shortcomings();
    }

    @Override
    public Coverage coverage() {
        return look.coverage();
    }

    @Override
    public KeyPatterns patterns(Collection<KeyRule> others) {
        return look.patterns(others);
    }

    @Override
    public Optional<CatalogTable> table(TableName name) {
        return look.table(name);
    }

    @Override
    public Snapshot current() {
        return look.snapshot();
    }

    @Override
    public void awaitOlderTransactions() throws InterruptedException {
        look.awaitOlderTransactions(Waiting::tell);
    }
}
