// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.function;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A call of a function, without the column that it is applied to.
 *
 * @param name in lower case
 * @param arguments those after the column, without quotes
 */
public record FunctionCall(String name, List<String> arguments) {
    public FunctionCall {
        name = name.toLowerCase(Locale.ROOT);
        arguments = List.copyOf(arguments);
    }

    /** The names of all functions. */
    public static List<String> names() {
        return Arrays.stream(Function.values()).map(Function::toString).toList();
    }

    /**
     * The function, ready to be applied.
     *
     * @throws FunctionException if there is no such function, or if it does not take these arguments
     */
    public ColumnFunction compile() throws FunctionException {
        Function function =
                function().orElseThrow(() -> new FunctionException("unknown function '" + name + "'", name, names()));
        if (!function.takes(arguments.size())) {
            throw new FunctionException("function " + name + " with "
                    + (arguments.isEmpty() ? "only a column" : "a column and " + counted(arguments.size()))
                    + "; expected " + function.signature());
        }
        return function.compile(arguments);
    }

    /** Applies the functions of a checked template one after the other. */
    public static ColumnFunction compose(List<FunctionCall> calls) {
        ColumnFunction composed = List::of;
        for (FunctionCall call : calls) {
            try {
                composed = composed.then(call.compile());
            } catch (FunctionException e) {
                throw new IllegalArgumentException(e);
            }
        }
        return composed;
    }

    /** Whether the function needs a date or a time stamp. */
    public boolean needsTime() {
        return name.equals(Function.FORMAT.toString());
    }

    /** Whether the function converts time stamps into a time zone. */
    public boolean namesZone() {
        return needsTime() && arguments.size() > 1;
    }

    /** Whether programs may compute different texts of one value. */
    public boolean variesByProgram() {
        return name.equals(Function.LOWER.toString()) || name.equals(Function.UPPER.toString());
    }

    /** A regex for all results, if they have a form of their own. */
    public Optional<String> form() {
        return function().flatMap(Function::form);
    }

    private Optional<Function> function() {
        return Arrays.stream(Function.values())
                .filter(function -> function.toString().equals(name))
                .findFirst();
    }

    private static String counted(int more) {
        return more == 1 ? "one argument" : more + " arguments";
    }

    /** As written in a template, around what it is applied to. */
    public String around(String inner) {
        return name + "("
                + inner
                + arguments.stream()
                        .map(argument -> ", '" + argument.replace("'", "''") + "'")
                        .collect(Collectors.joining())
                + ")";
    }
}
