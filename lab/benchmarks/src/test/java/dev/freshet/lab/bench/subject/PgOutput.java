// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.subject;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Messages of pgoutput as PostgreSQL writes them, protocol version 1. */
final class PgOutput {
    private PgOutput() {}

    private interface Content {
        void write(DataOutputStream out) throws IOException;
    }

    static ByteBuffer begin() {
        return message('B', out -> {
            out.writeLong(1_000);
            out.writeLong(0);
            out.writeInt(700);
        });
    }

    static ByteBuffer commit(long lsn, long endLsn) {
        return message('C', out -> {
            out.writeByte(0);
            out.writeLong(lsn);
            out.writeLong(endLsn);
            out.writeLong(0);
        });
    }

    static ByteBuffer relation(int relation, String table, String... columns) {
        return message('R', out -> {
            out.writeInt(relation);
            text(out, "public");
            text(out, table);
            out.writeByte('d');
            out.writeShort(columns.length);
            for (String column : columns) {
                out.writeByte(column.equals("id") ? 1 : 0);
                text(out, column);
                out.writeInt(20);
                out.writeInt(-1);
            }
        });
    }

    static ByteBuffer insert(int relation, String... values) {
        return message('I', out -> {
            out.writeInt(relation);
            out.writeByte('N');
            row(out, Arrays.asList(values));
        });
    }

    /** @param before only if the id changed; null: left out. Of a key, an empty value stands for one that is left out. */
    static ByteBuffer update(int relation, List<String> before, List<String> after) {
        return message('U', out -> {
            out.writeInt(relation);
            if (before != null) {
                out.writeByte('K');
                row(out, before);
            }
            out.writeByte('N');
            row(out, after);
        });
    }

    static ByteBuffer delete(int relation, String... values) {
        return message('D', out -> {
            out.writeInt(relation);
            out.writeByte('K');
            row(out, Arrays.asList(values));
        });
    }

    static ByteBuffer truncate(int relation) {
        return message('T', out -> {
            out.writeInt(1);
            out.writeByte(0);
            out.writeInt(relation);
        });
    }

    private static void row(DataOutputStream out, List<String> values) throws IOException {
        out.writeShort(values.size());
        for (String value : values) {
            if (value == null) {
                out.writeByte('n');
            } else if (value.isEmpty()) {
                out.writeByte('u');
            } else {
                byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                out.writeByte('t');
                out.writeInt(bytes.length);
                out.write(bytes);
            }
        }
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.writeByte(0);
    }

    /** In the middle of a larger array, as the driver hands them out. */
    private static ByteBuffer message(char type, Content content) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.write(new byte[25]);
            out.writeByte(type);
            content.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var buffer = ByteBuffer.wrap(bytes.toByteArray());
        buffer.position(25);
        return buffer.slice();
    }
}
