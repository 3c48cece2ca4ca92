// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.subject;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the messages of pgoutput, protocol version 1, as far as a cache needs them whose keys hold the value of one
 * column: which values changed, and where transactions end. Not thread-safe.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-logicalrep-message-formats.html">the formats</a>
 */
final class PgOutputDecoder {
    private final String column;
    private final Listener listener;
    /** The column's index, by the relation's number. */
    private final Map<Integer, Integer> indexes = new HashMap<>();

    /** Is told what the stream says, in its order. */
    interface Listener {
        /** A row with this value of the column appeared, changed or disappeared. */
        void changed(String value);

        /** A transaction ended. Its rows were told before. */
        void committed(long endLsn);
    }

    /** @param column that every published table has, and that its replica identity contains */
    PgOutputDecoder(String column, Listener listener) {
        this.column = column;
        this.listener = listener;
    }

    /** Reads one message. */
    void read(ByteBuffer message) {
        switch (message.get()) {
            case 'R' -> relation(message);
            case 'I', 'U', 'D' -> change(message);
            case 'C' -> {
                message.get(); // flags, none of which is used
                message.getLong(); // where the commit record begins
                listener.committed(message.getLong());
            }
            default -> {
                // Begin, type, origin, truncate: nothing that a key of one row depends on.
            }
        }
    }

    private void relation(ByteBuffer message) {
        int relation = message.getInt();
        String schema = text(message);
        String table = text(message);
        message.get(); // replica identity
        int columns = message.getShort();
        for (int i = 0; i < columns; i++) {
            message.get(); // whether it is part of the key
            String name = text(message);
            message.getInt(); // type
            message.getInt(); // modifier
            if (name.equals(column)) {
                indexes.put(relation, i);
                return;
            }
        }
        throw new IllegalStateException(
                schema + "." + table + " has no column " + column + ", which the keys are made of");
    }

    /** An update has the old row first only if the value of the replica identity changed. */
    private void change(ByteBuffer message) {
        int index = indexes.get(message.getInt());
        while (message.hasRemaining()) {
            message.get(); // K, O or N: which image of the row follows
            String value = row(message, index);
            if (value != null) {
                listener.changed(value);
            }
        }
    }

    /** The value at this index; null if it is null or left out. */
    private static String row(ByteBuffer message, int index) {
        String found = null;
        int columns = message.getShort();
        for (int i = 0; i < columns; i++) {
            if (message.get() == 't') {
                int length = message.getInt();
                if (i == index) {
                    found = new String(
                            message.array(),
                            message.arrayOffset() + message.position(),
                            length,
                            StandardCharsets.UTF_8);
                }
                message.position(message.position() + length);
            }
        }
        return found;
    }

    private static String text(ByteBuffer message) {
        int start = message.position();
        while (message.get() != 0) {
            // Looks for the zero byte at the end.
        }
        return new String(
                message.array(), message.arrayOffset() + start, message.position() - 1 - start, StandardCharsets.UTF_8);
    }
}
