// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words and signs of a condition, one after the other. */
final class ConditionTokens {
    private static final Set<String> RESERVED = Set.of("and", "or", "not", "in", "is", "like", "null", "true", "false");
    private static final Pattern TOKEN = Pattern.compile("\\s*(?:"
            + "(?<text>'(?:[^']|'')*')"
            + "|(?<quoted>\"(?:[^\"]|\"\")+\")"
            + "|(?<number>[+-]?[0-9]+(?:\\.[0-9]+)?(?![\\p{L}\\p{N}_$]))"
            + "|(?<word>[\\p{L}_][\\p{L}\\p{N}_$]*)"
            + "|(?<symbol><>|!=|==|<=|>=|[-=<>(),.~!+*/%|])"
            + ")\\s*");

    private final List<Token> tokens;
    private int next;

    private ConditionTokens(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** A condition is invalid. The message says where and why. */
    static final class ConditionException extends Exception {
        private static final long serialVersionUID = 1L;

        ConditionException(int at, String message) {
            super("at character " + at + ": " + message);
        }
    }

    /**
     * One word or sign.
     *
     * @param text without quotes
     * @param at the number of its first character, from 1
     */
    record Token(Kind kind, String text, int at) {
        enum Kind {
            TEXT,
            QUOTED,
            NUMBER,
            WORD,
            SYMBOL,
            END
        }

        boolean isWord(String word) {
            return kind == Kind.WORD && text.equalsIgnoreCase(word);
        }

        boolean isSymbol(String symbol) {
            return kind == Kind.SYMBOL && text.equals(symbol);
        }

        /** Whether SQL has another use for the word, so that a column of that name needs quotes. */
        boolean isReserved() {
            return RESERVED.stream().anyMatch(this::isWord);
        }

        @Override
        public String toString() {
            return kind == Kind.END ? "the end" : "'" + text + "'";
        }
    }

    static ConditionTokens of(String text) throws ConditionException {
        var tokens = new ArrayList<Token>();
        Matcher matcher = TOKEN.matcher(text);
        int at = 0;
        while (at < text.length() && !text.substring(at).isBlank()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw unreadable(text, at);
            }
            tokens.add(token(matcher));
            at = matcher.end();
        }
        tokens.add(new Token(Token.Kind.END, "", text.length() + 1));
        return new ConditionTokens(tokens);
    }

    private static ConditionException unreadable(String text, int at) {
        int start = at;
        while (Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        char c = text.charAt(start);
        return new ConditionException(
                start + 1,
                c == '\'' || c == '"'
                        ? "the quote " + c + " has no end"
                        : "'" + c + "' does not belong here; expected a column, a number, or text in single quotes");
    }

    private static Token token(Matcher matcher) {
        for (Token.Kind kind :
                List.of(Token.Kind.TEXT, Token.Kind.QUOTED, Token.Kind.NUMBER, Token.Kind.WORD, Token.Kind.SYMBOL)) {
            String group = kind.name().toLowerCase(java.util.Locale.ROOT);
            String text = matcher.group(group);
            if (text != null) {
                return new Token(kind, unquoted(kind, text), matcher.start(group) + 1);
            }
        }
        throw new AssertionError("a token is of one kind");
    }

    private static String unquoted(Token.Kind kind, String text) {
        return switch (kind) {
            case TEXT -> text.substring(1, text.length() - 1).replace("''", "'");
            case QUOTED -> text.substring(1, text.length() - 1).replace("\"\"", "\"");
            default -> text;
        };
    }

    Token peek() {
        return tokens.get(next);
    }

    /** The token after {@link #peek}. */
    Token peekNext() {
        return tokens.get(Math.min(next + 1, tokens.size() - 1));
    }

    Token next() {
        return tokens.get(next++);
    }

    boolean takeWord(String word) {
        return take(peek().isWord(word));
    }

    boolean takeSymbol(String symbol) {
        return take(peek().isSymbol(symbol));
    }

    void expectSymbol(String symbol) throws ConditionException {
        if (!takeSymbol(symbol)) {
            throw unexpected("'" + symbol + "'");
        }
    }

    private boolean take(boolean matches) {
        next += matches ? 1 : 0;
        return matches;
    }

    /** Whether nothing follows that could belong to the same comparison. */
    boolean atEndOfTest() {
        return peek().kind() == Token.Kind.END || peek().isWord("and") || peek().isWord("or") || peek().isSymbol(")");
    }

    ConditionException unexpected(String expected) {
        return new ConditionException(peek().at(), "expected " + expected + ", found " + peek());
    }

    ConditionException error(String message) {
        return new ConditionException(peek().at(), message);
    }
}
