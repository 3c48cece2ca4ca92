// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.text;

import dev.freshet.debezium.value.ValueType;
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
                SchemaBuilder.string().name(ValueType.TEXT).optional(),
                value -> ShippedValue.of(value, type, nullable));
    }
}
