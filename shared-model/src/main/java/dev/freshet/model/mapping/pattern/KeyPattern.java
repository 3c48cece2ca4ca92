// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.pattern;

import dev.freshet.model.mapping.KeyTemplate;
import dev.freshet.model.mapping.check.CatalogTable.Column;
import dev.freshet.model.mapping.check.PrintedForm;
import dev.freshet.model.mapping.function.FunctionCall;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The keys that a template can have produced, given its literal text and the types of its columns. A column can hold
 * anything if its type is not known here, as is the case for text. Immutable.
 */
public final class KeyPattern {
    /** Maximum number of matcher steps for one key. */
    private static final double AFFORDABLE = 1e7;

    private static final String RESERVED = "[a-z][a-z0-9-]*:[{~]";

    /** Not a name that Freshet reserves, in any namespace. */
    private static final String NOT_RESERVED = "(?!" + RESERVED + ")";

    private static final Pattern RESERVED_NAME = Pattern.compile(RESERVED);

    private final String glob;
    private final Pattern regex;
    private final int longest;

    private KeyPattern(String glob, Pattern regex, int longest) {
        this.glob = glob;
        this.regex = regex;
        this.longest = longest;
    }

    /**
     * One piece of a key: literal text, or the value of a column. Only the type of the column is known, or not even
     * that.
     *
     * @param text null for a value
     * @param column null for text, and if it is not known
     * @param functions applied to the value
     */
    public record Piece(String text, Column column, List<FunctionCall> functions) {
        /** Literal text. */
        public static Piece text(String text) {
            return new Piece(text, null, List.of());
        }

        /** @param column null if it is not known */
        public static Piece value(Column column) {
            return value(column, List.of());
        }

        /**
         * A column's value after some functions.
         *
         * @param column null if it is not known
         */
        public static Piece value(Column column, List<FunctionCall> functions) {
            return new Piece(null, column, functions);
        }
    }

    /** The keys that consist of these pieces, in this order. */
    public static KeyPattern of(List<Piece> pieces) {
        var glob = new StringBuilder();
        var regex = new StringBuilder();
        int open = 0;
        boolean anything = !beginsWithAnything(pieces);
        regex.append(anything ? "" : NOT_RESERVED);
        for (Piece piece : pieces) {
            if (piece.text() != null) {
                glob.append(KeyTemplate.literalGlob(piece.text()));
                regex.append(PrintedForm.literal(piece.text()));
            } else {
                var form = PrintedForm.of(piece.column(), piece.functions());
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

    /** Whether Freshet reserves a name, in any namespace. No template that begins with a value of any form makes it. */
    static boolean isReserved(String key) {
        return RESERVED_NAME.matcher(key).lookingAt();
    }

    static boolean beginsWithAnything(List<Piece> pieces) {
        Piece first = pieces.get(0);
        return first.text() == null
                && PrintedForm.of(first.column(), first.functions()).equals(PrintedForm.ANY);
    }

    /** A Redis glob that matches all of these keys, and possibly others. */
    public String glob() {
        return glob;
    }

    /** Whether the glob alone describes the keys, so that {@link #matches} adds nothing. */
    public boolean isGlob() {
        return regex == null;
    }

    /**
     * Whether the template can have produced this key. The key must match the glob. Also true for a long key that would
     * take too long to check.
     *
     * @param key in UTF-8, or any bytes
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
