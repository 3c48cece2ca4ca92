// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A step of the protocol, as a Lua script that Redis runs atomically. The header of each script describes its keys, its
 * arguments and its reply. What several scripts need stands once, in a part: a line {@code -- @include parts/time.lua} of a
 * script stands for the lines of that file after its first empty one.
 */
public enum ProtocolScript {
    /** A reader asks for an entry, or for a token for filling it. */
    BEGIN("begin.lua"),
    /** A reader stores a computed value, unless it may have gone stale since. */
    FILL("fill.lua"),
    /** A reader gives an entry's lease back without having stored the entry. */
    UNLOCK("unlock.lua"),
    /** The invalidator fences tags and unlinks the entries under them. */
    INVALIDATE("invalidate.lua"),
    /** The invalidator publishes how far everything has been evicted. */
    PUBLISH("publish.lua"),
    /** The invalidator withdraws that position. */
    WITHDRAW("withdraw.lua"),
    /** An invalidator begins to work in a namespace. */
    CLAIM("claim.lua"),
    /** An invalidator starts reading the stream at a place. */
    BEGIN_READING("begin-reading.lua"),
    /** An invalidator stops reading without having been lost. */
    END_READING("end-reading.lua");

    private final String text;

    ProtocolScript(String name) {
        text = Include.resolved(read(name));
    }

    private static String read(String name) {
        try (var in = ProtocolScript.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name + " beside " + ProtocolScript.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A holder, as an enum's constants are made before its static fields. */
    private static final class Include {
        private static final Pattern LINE = Pattern.compile("(?m)^-- @include (\\S+)\n");

        static String resolved(String script) {
            return LINE.matcher(script).replaceAll(line -> Matcher.quoteReplacement(code(read(line.group(1)))));
        }

        private static String code(String part) {
            return part.substring(part.indexOf("\n\n") + 1);
        }
    }

    /** The script's text, with its parts, for EVAL or SCRIPT LOAD. */
    public String text() {
        return text;
    }
}
