// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.parse;

import dev.freshet.model.mapping.Hint;
import dev.freshet.model.mapping.function.FunctionCall;
import dev.freshet.model.mapping.function.FunctionException;
import dev.freshet.model.mapping.parse.StepResolver.PathException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands in the braces of a template: a path, possibly with functions around it.
 *
 * @param functions the innermost first
 */
record PathText(String path, List<FunctionCall> functions) {
    private static final Pattern CALL =
            Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_]*)\\s*\\((.*)\\)\\s*", Pattern.DOTALL);
    private static final Pattern QUOTED = Pattern.compile("'((?:[^']|'')*)'", Pattern.DOTALL);
    private static final Pattern QUOTED_NAME = Pattern.compile("\"(?:[^\"]|\"\")+\"", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+");

    /** @param isEntity whether a name is that of an entity: {@code film(original)} is a step, not a function */
    static PathText read(String text, Predicate<String> isEntity) throws PathException {
        Matcher call = CALL.matcher(text);
        if (!call.matches() || !isOne(call.group(2))) {
            return new PathText(text, List.of());
        }
        String name = call.group(1);
        if (isEntity.test(name) && !isFunction(name)) {
            return new PathText(text, List.of());
        }
        if (!isFunction(name)) {
            throw new PathException("unknown function '" + name + "'; " + Hint.of(name, FunctionCall.names()));
        }
        List<String> arguments = arguments(call.group(2));
        var function = new FunctionCall(name, literals(name, arguments.subList(1, arguments.size())));
        compile(function);
        String column = arguments.get(0);
        if (column.isEmpty() || QUOTED.matcher(column).matches()) {
            throw new PathException("the first argument of " + name + " is "
                    + (column.isEmpty() ? "missing" : "the text " + column) + "; expected a column, or a path to one");
        }
        PathText inner = read(column, isEntity);
        var functions = new ArrayList<>(inner.functions);
        functions.add(function);
        return new PathText(inner.path, functions);
    }

    /** The names of the path, with their quotes. */
    List<String> names() throws PathException {
        var names = new ArrayList<String>();
        int start = 0;
        for (int i = 0; i <= path.length(); i++) {
            i = i < path.length() ? TemplateText.endOfQuotes(path, i) : i;
            if (i == path.length() || path.charAt(i) == '.') {
                names.add(path.substring(start, i));
                start = i + 1;
            }
        }
        if (names.stream().anyMatch(name -> name.isEmpty() || !isQuoted(name) && name.matches("(?s).*\\s.*"))) {
            throw new PathException("'" + path + "' is no path; expected names joined by dots, such as"
                    + " inventory.store_id; a name with other signs stands in double quotes");
        }
        return names;
    }

    static boolean isQuoted(String name) {
        return QUOTED_NAME.matcher(name).matches();
    }

    /** A name without the double quotes that SQL would need. */
    static String unquoted(String name) {
        return isQuoted(name) ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
    }

    /** Whether the text looks like a call of a known function. */
    static boolean isCall(String text) {
        Matcher call = CALL.matcher(text);
        return call.matches() && isFunction(call.group(1));
    }

    private static boolean isFunction(String name) {
        return FunctionCall.names().contains(name.toLowerCase(Locale.ROOT));
    }

    private static void compile(FunctionCall function) throws PathException {
        try {
            function.compile();
        } catch (FunctionException e) {
            throw new PathException(e.getMessage()
                    + Hint.nearest(e.unknown(), e.known())
                            .map(near -> "; did you mean '" + near + "'?")
                            .orElse(""));
        }
    }

    /** Whether no parenthesis of the text closes one that was opened before it. */
    private static boolean isOne(String text) {
        int depth = 0;
        for (int i = 0; i < text.length() && depth >= 0; i++) {
            i = TemplateText.endOfQuotes(text, i);
            depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
        }
        return depth == 0;
    }

    private static List<String> arguments(String text) {
        var arguments = new ArrayList<String>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            i = TemplateText.endOfQuotes(text, i);
            char c = text.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                arguments.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        arguments.add(text.substring(start).strip());
        return arguments;
    }

    private static List<String> literals(String function, List<String> arguments) throws PathException {
        var literals = new ArrayList<String>();
        for (String argument : arguments) {
            Matcher quoted = QUOTED.matcher(argument);
            if (quoted.matches()) {
                literals.add(quoted.group(1).replace("''", "'"));
            } else if (NUMBER.matcher(argument).matches()) {
                literals.add(argument);
            } else {
                throw new PathException(
                        "argument " + argument + " of " + function + "; expected a number, or text in single quotes");
            }
        }
        return literals;
    }
}
