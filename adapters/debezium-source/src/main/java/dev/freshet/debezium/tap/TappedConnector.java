// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.tap;

import io.debezium.connector.postgresql.PostgresConnector;
import org.apache.kafka.connect.connector.Task;

/** Debezium's connector, with a task whose stream is tapped. Public because Debezium creates it by name. */
public final class TappedConnector extends PostgresConnector {
    @Override
    public Class<? extends Task> taskClass() {
        return TappedTask.class;
    }
}
