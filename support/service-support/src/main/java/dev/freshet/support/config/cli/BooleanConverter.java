// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config.cli;

import dev.freshet.support.config.secret.Redaction;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code true} and {@code false}, and rejects anything else. */
final class BooleanConverter implements ITypeConverter<Boolean> {
    @Override
    public Boolean convert(String text) {
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return Boolean.valueOf(text);
        }
        throw new TypeConversionException("'" + Redaction.of(text) + "' is neither true nor false");
    }
}
