// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.pattern;

import dev.freshet.model.mapping.check.CatalogTable.Column;
import java.util.ArrayList;
import java.util.List;

/** How far a key is from what a template makes: an edit distance in which values cost nothing. */
final class KeyDistance {
    /** Of a longer key the beginning decides. */
    private static final int LONGEST = 500;

    /** What a value costs that its column cannot hold, however long it is. */
    private static final int WRONG_VALUE = 2;

    private static final int UNREACHABLE = 1_000_000;

    private final List<Token> tokens = new ArrayList<>();

    /** One character of literal text, or a value of any length. */
    private record Token(char literal, boolean value, Column column) {
        /** Numbers have no letters. All other values may have any characters, as far as is known here. */
        boolean holds(char character) {
            if (column == null || !column.type().matches("int[248]|oid|numeric")) {
                return true;
            }
            return character >= '0' && character <= '9' || character == '-' || character == '.';
        }
    }

    /** @param pieces with literal text in UTF-8, each byte as one character */
    KeyDistance(List<KeyPattern.Piece> pieces) {
        for (KeyPattern.Piece piece : pieces) {
            if (piece.text() == null) {
                tokens.add(new Token(' ', true, piece.functions().isEmpty() ? piece.column() : null));
            } else {
                piece.text().chars().forEach(c -> tokens.add(new Token((char) c, false, null)));
            }
        }
    }

    int of(String key) {
        String compared = key.substring(0, Math.min(key.length(), LONGEST));
        int[] costs = new int[compared.length() + 1];
        for (int i = 0; i < costs.length; i++) {
            costs[i] = i;
        }
        for (Token token : tokens) {
            costs = token.value() ? afterValue(token, compared, costs) : afterLiteral(token, compared, costs);
        }
        return costs[compared.length()];
    }

    /** The costs of every beginning of the key, given those before one character of literal text. */
    private static int[] afterLiteral(Token token, String key, int[] before) {
        int[] costs = new int[before.length];
        costs[0] = before[0] + 1;
        for (int i = 1; i < costs.length; i++) {
            int change = token.literal() == key.charAt(i - 1) ? 0 : 1;
            costs[i] = Math.min(before[i - 1] + change, Math.min(before[i], costs[i - 1]) + 1);
        }
        return costs;
    }

    /** The same for a value: a missing one costs a character, one that the column cannot hold a little more. */
    private static int[] afterValue(Token token, String key, int[] before) {
        int[] costs = new int[before.length];
        costs[0] = before[0] + 1;
        int held = UNREACHABLE;
        int wrong = UNREACHABLE;
        for (int i = 1; i < costs.length; i++) {
            int begun = Math.min(before[i - 1], held);
            if (token.holds(key.charAt(i - 1))) {
                held = begun;
            } else {
                wrong = Math.min(wrong, begun + WRONG_VALUE);
                held = UNREACHABLE;
            }
            costs[i] = Math.min(before[i] + 1, Math.min(held, wrong));
        }
        return costs;
    }
}
