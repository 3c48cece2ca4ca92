// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping;

import dev.freshet.model.mapping.CatalogTable.Column;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The keys that a template can have made, by its literal text and the types of its columns. A column of a type that is not
 * known, as text is, can hold anything. Immutable.
 */
public final class KeyPattern {
    /** Steps of the matcher that a key may cost. */
    private static final double AFFORDABLE = 1e7;

    private final String glob;
    private final Pattern regex;
    private final int longest;

    private KeyPattern(String glob, Pattern regex, int longest) {
        this.glob = glob;
        this.regex = regex;
        this.longest = longest;
    }

    /** Text that stands in a key, or the value of a column, of which only the type is known, or nothing. */
    public record Piece(String text, Column column) {
        /** Text as it is. */
        public static Piece text(String text) {
            return new Piece(text, null);
        }

        /** @param column null: it is not known */
        public static Piece value(Column column) {
            return new Piece(null, column);
        }
    }

    /** The keys that consist of these, in their order. */
    public static KeyPattern of(List<Piece> pieces) {
        var glob = new StringBuilder();
        var regex = new StringBuilder();
        int open = 0;
        boolean anything = true;
        for (Piece piece : pieces) {
            if (piece.text() != null) {
                glob.append(KeyTemplate.literalGlob(piece.text()));
                regex.append(PrintedForm.literal(piece.text()));
            } else {
                var form = PrintedForm.of(piece.column());
                glob.append('*');
                regex.append("(?:").append(form.regex()).append(')');
                open += form.open() ? 1 : 0;
                anything &= form.equals(PrintedForm.ANY);
            }
        }
        int longest = open < 2 ? Integer.MAX_VALUE : (int) Math.pow(AFFORDABLE, 1.0 / open);
        return new KeyPattern(
                glob.toString(), anything ? null : Pattern.compile(regex.toString(), Pattern.DOTALL), longest);
    }

    /** The Redis glob that these keys match, and perhaps others. */
    public String glob() {
        return glob;
    }

    /** Whether the glob says all that there is to say. */
    public boolean isGlob() {
        return regex == null;
    }

    /**
     * Whether the template can have made a key that matches the glob. Also true for a long key that would take long to
     * tell.
     *
     * @param key in UTF-8, or of any bytes
     */
    public boolean matches(byte[] key) {
        return regex == null
                || key.length > longest
                || regex.matcher(new String(key, StandardCharsets.ISO_8859_1)).matches();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyPattern pattern && glob.equals(pattern.glob) && text().equals(pattern.text());
    }

    @Override
    public int hashCode() {
        return Objects.hash(glob, text());
    }

    private String text() {
        return regex == null ? "" : regex.pattern();
    }

    @Override
    public String toString() {
        return glob;
    }
}
