// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A step of the protocol, as a Lua script that Redis runs atomically. The header of each script describes its keys, its
 * arguments and its reply.
 */
public enum ProtocolScript {
    /** A reader asks for an entry, or for a token for filling it. */
    BEGIN("begin.lua"),
    /** A reader stores a computed value, unless it may have gone stale since. */
    FILL("fill.lua"),
    /** A reader releases the lock for warming an entry. */
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
        try (var in = ProtocolScript.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name + " beside " + ProtocolScript.class.getName());
            }
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The script's text, for EVAL or SCRIPT LOAD. */
    public String text() {
        return text;
    }
}
