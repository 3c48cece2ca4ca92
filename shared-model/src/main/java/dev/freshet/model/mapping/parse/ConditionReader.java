// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.parse;

import dev.freshet.model.mapping.condition.Condition;
import dev.freshet.model.mapping.condition.Condition.All;
import dev.freshet.model.mapping.condition.Condition.Any;
import dev.freshet.model.mapping.condition.Condition.Equal;
import dev.freshet.model.mapping.condition.Condition.IsNull;
import dev.freshet.model.mapping.condition.Condition.Less;
import dev.freshet.model.mapping.condition.Condition.Like;
import dev.freshet.model.mapping.condition.Condition.Not;
import dev.freshet.model.mapping.condition.Condition.Operand;
import dev.freshet.model.mapping.parse.ConditionTokens.ConditionException;
import dev.freshet.model.mapping.parse.ConditionTokens.Token;
import dev.freshet.model.mapping.parse.ConditionTokens.Token.Kind;
import dev.freshet.model.mapping.value.LikePattern;
import dev.freshet.model.mapping.value.PrintedOrder;
import java.util.ArrayList;
import java.util.List;

/** Reads a condition, as in SQL: {@code deleted_at is null and status in ('paid', 'sent')}. */
final class ConditionReader {
    private static final int DEEPEST = 50;
    private static final List<String> ORDERS = List.of("<", "<=", ">", ">=");

    private final ConditionTokens tokens;
    private int depth;

    private ConditionReader(ConditionTokens tokens) {
        this.tokens = tokens;
    }

    static Condition read(String text) throws ConditionException {
        var tokens = ConditionTokens.of(text);
        Condition condition = new ConditionReader(tokens).any();
        if (tokens.peek().kind() != Kind.END) {
            throw tokens.unexpected("'and', 'or' or the end");
        }
        return condition;
    }

    private Condition any() throws ConditionException {
        var conditions = new ArrayList<Condition>(List.of(all()));
        while (tokens.takeWord("or")) {
            conditions.add(all());
        }
        return conditions.size() == 1 ? conditions.get(0) : new Any(conditions);
    }

    private Condition all() throws ConditionException {
        var conditions = new ArrayList<Condition>(List.of(not()));
        while (tokens.takeWord("and")) {
            conditions.add(not());
        }
        return conditions.size() == 1 ? conditions.get(0) : new All(conditions);
    }

    private Condition not() throws ConditionException {
        if (++depth > DEEPEST) {
            throw tokens.error("the condition is nested more than " + DEEPEST + " levels deep");
        }
        Condition condition;
        if (tokens.takeWord("not")) {
            condition = new Not(not());
        } else if (tokens.takeSymbol("(")) {
            condition = any();
            tokens.expectSymbol(")");
        } else {
            condition = test();
        }
        depth--;
        return condition;
    }

    private Condition test() throws ConditionException {
        Token first = tokens.peek();
        Operand left = operand();
        if (ORDERS.stream().anyMatch(tokens.peek()::isSymbol)) {
            return order(first, left);
        }
        if (tokens.takeSymbol("=")) {
            return new Equal(left, operand());
        }
        if (tokens.takeSymbol("<>") || tokens.takeSymbol("!=")) {
            return new Not(new Equal(left, operand()));
        }
        if (tokens.takeWord("is")) {
            return negated(tokens.takeWord("not"), is(column(left)));
        }
        if (tokens.takeWord("in")) {
            return in(left);
        }
        if (tokens.takeWord("like")) {
            return like(first, left);
        }
        if (tokens.peek().isWord("not") && tokens.peekNext().isWord("in")) {
            tokens.next();
            tokens.next();
            return new Not(in(left));
        }
        if (tokens.peek().isWord("not") && tokens.peekNext().isWord("like")) {
            tokens.next();
            tokens.next();
            return new Not(like(first, left));
        }
        if (left.isColumn() && tokens.atEndOfTest()) {
            return new Equal(left, Operand.literal("true"));
        }
        throw tokens.unexpected("one of =, <>, <, <=, >, >=, in, like, is null, is not null");
    }

    private Condition order(Token first, Operand left) throws ConditionException {
        String sign = tokens.next().text();
        Token second = tokens.peek();
        Operand right = operand();
        hasOrder(first, left);
        hasOrder(second, right);
        return switch (sign) {
            case "<" -> new Less(left, right);
            case ">" -> new Less(right, left);
            case "<=" -> new Not(new Less(right, left));
            default -> new Not(new Less(left, right));
        };
    }

    private static void hasOrder(Token token, Operand operand) throws ConditionException {
        if (!operand.isColumn()
                && !PrintedOrder.isNumber(operand.literal())
                && !PrintedOrder.isTime(operand.literal())) {
            throw new ConditionException(
                    token.at(),
                    token + " has no order that Freshet knows; expected a number, or a date or time stamp as PostgreSQL"
                            + " prints it, such as '2024-01-31'");
        }
    }

    private Condition like(Token first, Operand text) throws ConditionException {
        if (!text.isColumn()) {
            throw new ConditionException(first.at(), "'like' follows " + first + "; expected a column before it");
        }
        Token pattern = tokens.peek();
        if (pattern.kind() != Kind.TEXT) {
            throw tokens.unexpected("a pattern in single quotes");
        }
        tokens.next();
        LikePattern read = LikePattern.of(pattern.text())
                .orElseThrow(() -> new ConditionException(
                        pattern.at(),
                        "pattern " + pattern + " ends with a backslash; expected a character behind it, or two for a"
                                + " backslash itself"));
        return new Like(text.column(), read);
    }

    private static Condition negated(boolean negated, Condition condition) {
        return negated ? new Not(condition) : condition;
    }

    private Condition is(String column) throws ConditionException {
        if (tokens.takeWord("null")) {
            return new IsNull(column);
        }
        for (String value : List.of("true", "false")) {
            if (tokens.takeWord(value)) {
                return new All(List.of(
                        new Not(new IsNull(column)), new Equal(Operand.column(column), Operand.literal(value))));
            }
        }
        throw tokens.unexpected("null, true or false");
    }

    private Condition in(Operand left) throws ConditionException {
        tokens.expectSymbol("(");
        var conditions = new ArrayList<Condition>();
        do {
            conditions.add(new Equal(left, operand()));
        } while (tokens.takeSymbol(","));
        tokens.expectSymbol(")");
        return new Any(conditions);
    }

    private String column(Operand operand) throws ConditionException {
        if (!operand.isColumn()) {
            throw tokens.error("'is' follows " + operand + "; expected a column before it");
        }
        return operand.column();
    }

    private Operand operand() throws ConditionException {
        Token token = tokens.peek();
        if (token.isWord("null")) {
            throw tokens.error("a comparison with null is never true; expected 'is null' or 'is not null'");
        }
        if (token.isWord("true") || token.isWord("false")) {
            return Operand.literal(tokens.next().text().toLowerCase(java.util.Locale.ROOT));
        }
        if (token.kind() == Kind.TEXT || token.kind() == Kind.NUMBER) {
            return Operand.literal(tokens.next().text());
        }
        if (token.kind() == Kind.QUOTED || token.kind() == Kind.WORD && !token.isReserved()) {
            tokens.next();
            if (tokens.peek().isSymbol(".") || tokens.peek().isSymbol("(")) {
                throw tokens.error("'" + token.text() + tokens.peek().text()
                        + "': neither paths nor functions; expected a column of the row itself");
            }
            return Operand.column(token.text());
        }
        throw tokens.unexpected("a column, a number, or text in single quotes");
    }
}
