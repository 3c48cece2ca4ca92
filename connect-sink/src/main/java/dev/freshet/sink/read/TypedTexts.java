// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.read;

import dev.freshet.core.stream.Row;
import dev.freshet.debezium.event.ColumnTexts;
import dev.freshet.debezium.value.Column;
import dev.freshet.debezium.value.ColumnText;
import dev.freshet.debezium.value.Fields;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.check.CatalogTable;
import dev.freshet.sink.config.SinkOptions;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Reads values by the types of their columns in the database. A value whose text the event does not tell is
 * {@link ColumnText#UNREADABLE}: the planner takes it for changed, and where a key needs it, evicts by pattern.
 */
final class TypedTexts implements ColumnTexts {
    private static final Pattern COMMON_DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}( .*)?");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+(\\.([0-9]+))?");

    private final BatchCatalog catalog;
    private final UnreadValues unread;
    private final boolean nullsKept;

    /** @param nullsKept whether a default never stands for NULL */
    TypedTexts(BatchCatalog catalog, UnreadValues unread, boolean nullsKept) {
        this.catalog = catalog;
        this.unread = unread;
        this.nullsKept = nullsKept;
    }

    @Override
    public String of(TableName table, Column column, Fields image) {
        Optional<CatalogTable.Column> found = catalog.column(table, column.name());
        Object value;
        try {
            value = image.get(column);
        } catch (IllegalArgumentException e) {
            return unreadable(table, column, e.getMessage());
        }
        if (found.isEmpty()) {
            // Dropped or renamed since.
            return ColumnText.UNREADABLE;
        }
        if (value == null) {
            // The value cannot be null: the old image leaves it out, or the source connector failed to convert it.
            return found.get().nullable() ? null : ColumnText.ABSENT;
        }
        if (!nullsKept && found.get().nullable() && image.isItsDefault(column.name())) {
            return unreadable(
                    table,
                    column,
                    "has its default, in place of which it may have been NULL: converters replace it unless told not to"
                            + " (" + SinkOptions.NULLS_KEPT + ")");
        }
        return text(table, column, value, found.get());
    }

    private String text(TableName table, Column column, Object value, CatalogTable.Column found) {
        String text;
        try {
            text = ColumnText.of(value, column.type());
        } catch (IllegalArgumentException e) {
            return unreadable(table, column, e.getMessage());
        }
        if (text == Row.UNAVAILABLE || text == ColumnText.ABSENT) {
            return text;
        }
        if (!ValueForm.tells(value, column.type(), found)) {
            return unreadable(table, column, "is " + ValueForm.called(value, column.type(), found));
        }
        String printed = printed(text, found);
        return printed == null ? unreadable(table, column, "has a value out of the usual range of its type") : printed;
    }

    /** Null if it is not sure that PostgreSQL prints it so. */
    private static String printed(String text, CatalogTable.Column column) {
        return switch (column.type()) {
            // The cast removes trailing blanks.
            case "bpchar" ->
                text.stripTrailing().length() == withoutBlanks(text).length() ? withoutBlanks(text) : null;
            case "inet" -> text.indexOf('/') >= 0 ? text : text + (text.indexOf(':') < 0 ? "/32" : "/128");
            // Years of more than four digits, before our era, and infinity.
            case "date", "timestamp", "timestamptz" ->
                COMMON_DAY.matcher(text).matches() && !text.endsWith(" BC") ? text : null;
            case "numeric" -> isDecimal(text, column.scale()) ? text : null;
            default -> text;
        };
    }

    private static String withoutBlanks(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }

    /** Not NaN, not infinity, no exponent; and with the decimals that the column declares. */
    private static boolean isDecimal(String text, OptionalInt scale) {
        var parts = DECIMAL.matcher(text);
        if (!parts.matches()) {
            return false;
        }
        int decimals = parts.group(2) == null ? 0 : parts.group(2).length();
        return scale.isEmpty() || Math.max(0, scale.getAsInt()) == decimals;
    }

    private String unreadable(TableName table, Column column, String why) {
        unread.tell(table, column.name(), why);
        return ColumnText.UNREADABLE;
    }
}
