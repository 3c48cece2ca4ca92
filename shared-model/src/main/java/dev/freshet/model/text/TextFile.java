// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads UTF-8 files. Any other file is rejected with a message that says what it is. */
public final class TextFile {
    private static final int BEGINNING = 4096;

    private TextFile() {}

    /** Reads the whole file, without its byte order mark. */
    public static String read(Path file) throws NotTextException {
        check(file);
        try {
            return withoutMark(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new NotTextException(what(e));
        }
    }

    /**
     * Opens a file of any size. Only its beginning is checked, so later reads may throw
     * {@link CharacterCodingException}.
     */
    public static BufferedReader open(Path file) throws NotTextException {
        check(file);
        try {
            return Files.newBufferedReader(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new NotTextException(what(e));
        }
    }

    /** What is wrong. The text completes a sentence that starts with the file's name. */
    public static String what(IOException failure) {
        if (failure instanceof NotTextException) {
            return failure.getMessage();
        }
        return failure instanceof CharacterCodingException
                ? "is not UTF-8"
                : "cannot be read (" + failure.getClass().getSimpleName() + ")";
    }

    private static void check(Path file) throws NotTextException {
        if (Files.isDirectory(file)) {
            throw new NotTextException("is a directory");
        }
        if (!Files.exists(file) && !isHidden(file)) {
            throw new NotTextException("does not exist");
        }
        if (!Files.isReadable(file)) {
            throw new NotTextException("may not be read by this user");
        }
        try (var in = Files.newInputStream(file)) {
            checkBeginning(in.readNBytes(BEGINNING));
        } catch (NotTextException e) {
            throw e;
        } catch (IOException e) {
            throw new NotTextException(what(e));
        }
    }

    /** Whether it is in a folder that this user may not search. Nobody can tell whether it exists. */
    private static boolean isHidden(Path file) {
        try {
            Files.readAttributes(file, "size");
            return false;
        } catch (AccessDeniedException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void checkBeginning(byte[] bytes) throws NotTextException {
        if (begins(bytes, 0xFF, 0xFE) || begins(bytes, 0xFE, 0xFF)) {
            throw new NotTextException("is UTF-16, not UTF-8");
        }
        if (begins(bytes, 0x1F, 0x8B)) {
            throw new NotTextException("is compressed");
        }
        for (byte each : bytes) {
            if (each == 0) {
                throw new NotTextException("is binary, not text");
            }
        }
    }

    private static boolean begins(byte[] bytes, int first, int second) {
        return bytes.length >= 2 && bytes[0] == (byte) first && bytes[1] == (byte) second;
    }

    private static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
