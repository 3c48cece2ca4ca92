// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart;

import dev.freshet.quickstart.demo.QuickstartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A file with the addresses and the demo token, to be read by a shell: {@code set -a; . FILE}. Only its owner can read
 * it.
 */
final class EnvFile {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:/@%+,=-]*");

    private EnvFile() {}

    /** Writes the file atomically, so that a program that waits for it can use it at once. */
    static void write(Path file, Map<String, String> variables) {
        var text = text(variables);
        var target = file.toAbsolutePath();
        try {
            var draft = Files.createTempFile(
                    target.getParent(),
                    ".freshet-",
                    ".env",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                Files.writeString(draft, text);
                Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new QuickstartException("cannot write " + file + ": " + e, e);
        }
    }

    /** Removes the file if it still has the content that we wrote; a file written by someone else is kept. */
    static void remove(Path file, Map<String, String> variables) {
        try {
            if (Files.exists(file) && Files.readString(file).equals(text(variables))) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new QuickstartException("cannot remove " + file + ": " + e, e);
        }
    }

    private static String text(Map<String, String> variables) {
        return variables.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + quoted(variable.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    /** Puts the value in single quotes, unless it needs none: some readers of the file do not understand quotes. */
    private static String quoted(String value) {
        return PLAIN.matcher(value).matches() ? value : "'" + value.replace("'", "'\\''") + "'";
    }
}
