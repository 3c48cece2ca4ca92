// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init.keys;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts names of keys by their shape. Keeps a bounded number of shapes. One thread. */
public final class KeyNames {
    private static final int LONGEST = 500;
    private static final int MOST_SHAPES = 20_000;

    private final Map<KeyShape, Long> shapes = new LinkedHashMap<>();
    private long all;
    private long others;

    /** Takes one name, as Redis has it. */
    public void add(byte[] key) {
        all++;
        String text = text(key);
        KeyShape shape = text.isEmpty() ? null : KeyShape.of(text);
        if (shape == null || shapes.size() >= MOST_SHAPES && !shapes.containsKey(shape)) {
            others++;
        } else {
            shapes.merge(shape, 1L, Long::sum);
        }
    }

    private static String text(byte[] key) {
        if (key.length > LONGEST) {
            return "";
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(key))
                    .toString();
        } catch (CharacterCodingException e) {
            return "";
        }
    }

    /** How many names were taken. */
    public long all() {
        return all;
    }

    /** How many names are binary, very long, or too varied to be kept. */
    long others() {
        return others;
    }

    Map<KeyShape, Long> shapes() {
        return Collections.unmodifiableMap(shapes);
    }
}
