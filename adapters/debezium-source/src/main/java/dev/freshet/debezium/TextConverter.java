// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium;

import dev.freshet.debezium.value.Placeholders;
import dev.freshet.debezium.value.PostgresText;
import dev.freshet.debezium.value.ValueType;
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
    @Override
    public void configure(Properties props) {
        // nothing to configure
    }

    @Override
    public void converterFor(RelationalColumn column, ConverterRegistration<SchemaBuilder> registration) {
        int type = column.nativeType();
        boolean nullable = column.isOptional();
        registration.register(
                SchemaBuilder.string().name(ValueType.TEXT).optional(), value -> convert(value, type, nullable));
    }

    private static Object convert(Object value, int type, boolean nullable) {
        if (value == null) {
            // In an old image that contains only the replica identity, pgoutput sends the other columns as null. For a
            // NOT NULL column this cannot be the value.
            return nullable ? null : Placeholders.ABSENT;
        }
        if (UnchangedToastedReplicationMessageColumn.isUnchangedToastedValue(value)) {
            return Placeholders.UNCHANGED;
        }
        // A value that is not text was decoded by Debezium, and may print like another value. It counts as not shipped.
        return value instanceof String text ? PostgresText.of(text, type) : Placeholders.ABSENT;
    }
}
