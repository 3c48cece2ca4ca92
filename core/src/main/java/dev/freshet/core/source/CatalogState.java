// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.source;

/**
 * What of PostgreSQL's catalog must stay the same for the stream to be complete, as hashes.
 *
 * @param publication changes with what the publication publishes of the mapping's tables, even if it is changed back
 * @param columns changes with the definition of any column of the tables; empty if it is not known
 * @param files changes when the file of any table is replaced; empty if it is not known
 */
public record CatalogState(String publication, String columns, String files) {
    private static final String SEPARATOR = ".";

    /** Reads what {@link #toString} wrote. A text without separators is that of a publication alone. */
    public static CatalogState parse(String text) {
        String[] parts = text.split("\\.", -1);
        return parts.length == 3 ? new CatalogState(parts[0], parts[1], parts[2]) : new CatalogState(text, "", "");
    }

    /** Whether the publication is the one of that state. */
    public boolean publishesAs(CatalogState before) {
        return publication.equals(before.publication);
    }

    /**
     * Whether a statement such as {@code ALTER COLUMN … TYPE … USING} may have rewritten the values of rows since then.
     * It changes a column and replaces the file of the table. Each alone is harmless: a new column or a default leaves
     * the file, TRUNCATE and VACUUM FULL leave the columns. Both may also have happened one after the other.
     */
    public boolean rewrittenSince(CatalogState before) {
        return differ(columns, before.columns) && differ(files, before.files);
    }

    private static boolean differ(String one, String other) {
        return !one.isEmpty() && !other.isEmpty() && !one.equals(other);
    }

    /** The text that a position carries. */
    @Override
    public String toString() {
        return columns.isEmpty() && files.isEmpty()
                ? publication
                : publication + SEPARATOR + columns + SEPARATOR + files;
    }
}
