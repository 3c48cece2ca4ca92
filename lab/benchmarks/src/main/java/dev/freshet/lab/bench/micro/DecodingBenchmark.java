// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.micro;

import dev.freshet.core.stream.Row;
import dev.freshet.debezium.event.BadEventException;
import dev.freshet.debezium.event.ReplicaIdentities;
import dev.freshet.debezium.event.TableShapes;
import dev.freshet.debezium.tap.TupleFields;
import dev.freshet.model.mapping.TableName;
import io.debezium.connector.postgresql.PostgresStreamingChangeEventSource.PgConnectionSupplier;
import io.debezium.connector.postgresql.PostgresType;
import io.debezium.connector.postgresql.connection.AbstractReplicationMessageColumn;
import io.debezium.connector.postgresql.connection.ReplicationMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** From the columns of a message, as Debezium's decoder hands them over, to a row. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecodingBenchmark {
    private static final TableName TABLE = TableName.of("item");

    private final TableShapes shapes = new TableShapes(ReplicaIdentities.UNKNOWN);
    private final Object announced = new Object();
    private final List<ReplicationMessage.Column> before = columns(1);
    private final List<ReplicationMessage.Column> after = columns(2);

    private static List<ReplicationMessage.Column> columns(int version) {
        String[] values = Samples.values(version);
        var columns = new ArrayList<ReplicationMessage.Column>();
        for (int i = 0; i < values.length; i++) {
            columns.add(new TextColumn(Samples.COLUMNS.get(i), values[i]));
        }
        return columns;
    }

    /** A column whose value is shipped as text. */
    private static final class TextColumn extends AbstractReplicationMessageColumn {
        private final String value;

        TextColumn(String name, String value) {
            super(name, PostgresType.UNKNOWN, "text", true);
            this.value = value;
        }

        @Override
        public Object getValue(PgConnectionSupplier connection, boolean includeUnknownDatatypes) {
            return value;
        }
    }

    @Benchmark
    public Row newImage() throws BadEventException {
        return shapes.after(TABLE, new TupleFields(after, announced));
    }

    @Benchmark
    public Row oldImage() throws BadEventException {
        return shapes.before(TABLE, new TupleFields(before, announced));
    }
}
