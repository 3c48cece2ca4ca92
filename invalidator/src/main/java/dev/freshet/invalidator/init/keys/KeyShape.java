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
                    + "|(?<hash>(?<![A-Za-z0-9])(?:[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})(?![A-Za-z0-9]))"
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
        TEXT,
        /** As long as what md5, sha1 or sha256 yield. */
        HASH
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
            pieces.add(new Piece(kind(values), ""));
            from = values.end();
        }
        literal(pieces, key.substring(from));
        return new KeyShape(pieces);
    }

    private static Kind kind(Matcher value) {
        if (value.group("uuid") != null) {
            return Kind.UUID;
        }
        if (value.group("hash") != null) {
            return Kind.HASH;
        }
        return value.group("number") != null ? Kind.NUMBER : Kind.TEXT;
    }

    /** The same, with a value of text in place of a part of a literal piece. */
    KeyShape withText(int index, int from, int to) {
        String literal = pieces.get(index).text();
        var all = new ArrayList<>(pieces.subList(0, index));
        literal(all, literal.substring(0, from));
        all.add(new Piece(Kind.TEXT, ""));
        literal(all, literal.substring(to));
        all.addAll(pieces.subList(index + 1, pieces.size()));
        return new KeyShape(all);
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
                    case HASH -> "<hash>";
                })
                .collect(Collectors.joining());
    }
}
