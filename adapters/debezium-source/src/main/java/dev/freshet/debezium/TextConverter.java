// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium;

import dev.freshet.core.stream.Row;
import io.debezium.connector.postgresql.UnchangedToastedReplicationMessageColumn;
import io.debezium.spi.converter.CustomConverter;
import io.debezium.spi.converter.RelationalColumn;
import java.util.Properties;
import org.apache.kafka.connect.data.SchemaBuilder;

/**
 * Converts every column of every event to its PostgreSQL text form, at the point where Debezium still has the value as
 * it came from the WAL. Public because Debezium creates it by name.
 */
public final class TextConverter implements CustomConverter<SchemaBuilder, RelationalColumn> {
    /**
     * Stands for a column that was not shipped. Compared by identity. In an old image that contains only the replica
     * identity, pgoutput sends the other columns as null; for a NOT NULL column this cannot be the value.
     */
    @SuppressWarnings("StringOperationCanBeSimplified")
    static final String ABSENT = new String("(absent)");

    @Override
    public void configure(Properties props) {
        // nothing to configure
    }

    @Override
    public void converterFor(RelationalColumn column, ConverterRegistration<SchemaBuilder> registration) {
        int type = column.nativeType();
        boolean nullable = column.isOptional();
        registration.register(SchemaBuilder.string().optional(), value -> convert(value, type, nullable));
    }

    private static Object convert(Object value, int type, boolean nullable) {
        if (value == null) {
            return nullable ? null : ABSENT;
        }
        if (UnchangedToastedReplicationMessageColumn.isUnchangedToastedValue(value)) {
            return Row.UNAVAILABLE;
        }
        // A value that is not text was decoded by Debezium, and may print like another value. It counts as not shipped.
        return value instanceof String text ? PostgresText.of(text, type) : ABSENT;
    }
}
