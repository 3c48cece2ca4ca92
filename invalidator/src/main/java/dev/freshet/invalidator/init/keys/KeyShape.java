// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init.keys;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the names of many keys have in common: literal text, with values of some kind in between. */
record KeyShape(List<Piece> pieces) {
    private static final Pattern VALUES = Pattern.compile(
            "(?<uuid>(?<![A-Za-z0-9])[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?![A-Za-z0-9]))"
                    + "|(?<opaque>(?<=[:/|])(?:[^:/|]*@[^:/|]*|(?=[A-Za-z_-]*[0-9])[A-Za-z0-9_-]{16,})(?=$|[:/|]))"
                    + "|(?<number>(?<![A-Za-z0-9])(?:0|[1-9][0-9]{0,18})(?![A-Za-z0-9]))");

    KeyShape {
        pieces = List.copyOf(pieces);
    }

    /** What a piece is. */
    enum Kind {
        LITERAL,
        NUMBER,
        UUID,
        /** Text that is no word: an address of mail, a token. */
        TEXT
    }

    /**
     * A piece of a name.
     *
     * @param text the literal text; empty for a value
     */
    record Piece(Kind kind, String text) {
        boolean isValue() {
            return kind != Kind.LITERAL;
        }
    }

    static KeyShape of(String key) {
        var pieces = new ArrayList<Piece>();
        Matcher values = VALUES.matcher(key);
        int from = 0;
        while (values.find()) {
            literal(pieces, key.substring(from, values.start()));
            Kind kind =
                    values.group("uuid") != null ? Kind.UUID : values.group("number") != null ? Kind.NUMBER : Kind.TEXT;
            pieces.add(new Piece(kind, ""));
            from = values.end();
        }
        literal(pieces, key.substring(from));
        return new KeyShape(pieces);
    }

    private static void literal(List<Piece> pieces, String text) {
        if (!text.isEmpty()) {
            pieces.add(new Piece(Kind.LITERAL, text));
        }
    }

    boolean isLiteral() {
        return pieces.stream().noneMatch(Piece::isValue);
    }

    /** For people: {@code user:<number>:profile}. */
    @Override
    public String toString() {
        return pieces.stream()
                .map(piece -> switch (piece.kind()) {
                    case LITERAL -> piece.text();
                    case NUMBER -> "<number>";
                    case UUID -> "<uuid>";
                    case TEXT -> "<text>";
                })
                .collect(Collectors.joining());
    }
}
