// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.function;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/** The functions that exist. What they yield for a value never changes. */
enum Function {
    LOWER("lower(column)", 0, 0) {
        @Override
        ColumnFunction compile(List<String> arguments) {
            return LetterCase::lower;
        }
    },
    UPPER("upper(column)", 0, 0) {
        @Override
        ColumnFunction compile(List<String> arguments) {
            return LetterCase::upper;
        }
    },
    LEFT("left(column, length)", 1, 1) {
        @Override
        ColumnFunction compile(List<String> arguments) throws FunctionException {
            int length = from1("length", arguments.get(0));
            return value -> List.of(TextParts.substring(value, 1, length));
        }
    },
    MD5("md5(column)", 0, 0) {
        @Override
        ColumnFunction compile(List<String> arguments) {
            return value -> List.of(md5(value));
        }

        @Override
        Optional<String> form() {
            return Optional.of("[0-9a-f]{32}");
        }
    },
    FORMAT("format(column, 'pattern') or format(column, 'pattern', 'time zone')", 1, 2) {
        @Override
        ColumnFunction compile(List<String> arguments) throws FunctionException {
            return TimeFormat.of(arguments.get(0), arguments.size() < 2 ? null : arguments.get(1));
        }
    },
    REPLACE("replace(column, 'text', 'other text')", 2, 2) {
        @Override
        ColumnFunction compile(List<String> arguments) throws FunctionException {
            String text = some("text", arguments.get(0));
            String other = arguments.get(1);
            return value -> List.of(value.replace(text, other));
        }
    },
    SPLIT_PART("split_part(column, 'separator', number)", 2, 2) {
        @Override
        ColumnFunction compile(List<String> arguments) throws FunctionException {
            Pattern separator = Pattern.compile(Pattern.quote(some("separator", arguments.get(0))));
            int number = whole("number", arguments.get(1), each -> each != 0, "other than 0");
            return value -> List.of(TextParts.field(value, separator, number));
        }
    },
    COALESCE("coalesce(column, 'text')", 1, 1) {
        @Override
        ColumnFunction compile(List<String> arguments) {
            return new Coalesce(arguments.get(0));
        }
    },
    SUBSTRING("substring(column, from, length)", 2, 2) {
        @Override
        ColumnFunction compile(List<String> arguments) throws FunctionException {
            int from = from1("from", arguments.get(0));
            int length = from1("length", arguments.get(1));
            return value -> List.of(TextParts.substring(value, from, length));
        }
    },
    TRIM("trim(column)", 0, 0) {
        @Override
        ColumnFunction compile(List<String> arguments) {
            return value -> List.of(TextParts.trimmed(value));
        }
    };

    private final String signature;
    private final int least;
    private final int most;

    Function(String signature, int least, int most) {
        this.signature = signature;
        this.least = least;
        this.most = most;
    }

    abstract ColumnFunction compile(List<String> arguments) throws FunctionException;

    /** A regex for all results, if they have a form of their own. */
    Optional<String> form() {
        return Optional.empty();
    }

    String signature() {
        return signature;
    }

    /** Whether it takes so many arguments beside the column. */
    boolean takes(int arguments) {
        return arguments >= least && arguments <= most;
    }

    int from1(String what, String argument) throws FunctionException {
        return whole(what, argument, number -> number > 0, "from 1");
    }

    int whole(String what, String argument, IntPredicate fits, String which) throws FunctionException {
        try {
            int number = Integer.parseInt(argument);
            if (fits.test(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // As any other text that is no such number.
        }
        throw refused(what, argument, "a whole number " + which);
    }

    String some(String what, String argument) throws FunctionException {
        if (argument.isEmpty()) {
            throw refused(what, argument, "at least one character");
        }
        return argument;
    }

    FunctionException refused(String what, String argument, String expected) {
        return new FunctionException(what + " '" + argument + "' of " + this + "; expected " + expected);
    }

    private static String md5(String value) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(value.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
