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
            int length = length(arguments.get(0));
            return value -> List.of(
                    value.codePointCount(0, value.length()) <= length
                            ? value
                            : value.substring(0, value.offsetByCodePoints(0, length)));
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

    private static int length(String argument) throws FunctionException {
        try {
            int length = Integer.parseInt(argument);
            if (length > 0) {
                return length;
            }
        } catch (NumberFormatException e) {
            // As any other text that is no length.
        }
        throw new FunctionException("length '" + argument + "' of left; expected a whole number from 1");
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
