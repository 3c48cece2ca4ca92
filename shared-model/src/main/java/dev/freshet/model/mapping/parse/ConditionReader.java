// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.parse;

import dev.freshet.model.mapping.condition.Condition;
import dev.freshet.model.mapping.condition.Condition.All;
import dev.freshet.model.mapping.condition.Condition.Any;
import dev.freshet.model.mapping.condition.Condition.Equal;
import dev.freshet.model.mapping.condition.Condition.IsNull;
import dev.freshet.model.mapping.condition.Condition.Not;
import dev.freshet.model.mapping.condition.Condition.Operand;
import dev.freshet.model.mapping.parse.ConditionTokens.ConditionException;
import dev.freshet.model.mapping.parse.ConditionTokens.Token;
import dev.freshet.model.mapping.parse.ConditionTokens.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Reads a condition, as in SQL: {@code deleted_at is null and status in ('paid', 'sent')}. */
final class ConditionReader {
    private static final int DEEPEST = 50;

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
        Operand left = operand();
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
        if (tokens.peek().isWord("not") && tokens.peekNext().isWord("in")) {
            tokens.next();
            tokens.next();
            return new Not(in(left));
        }
        if (left.isColumn() && tokens.atEndOfTest()) {
            return new Equal(left, Operand.literal("true"));
        }
        throw tokens.unexpected("one of =, <>, in, is null, is not null");
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
