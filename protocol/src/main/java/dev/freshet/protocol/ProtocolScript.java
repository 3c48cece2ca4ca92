// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A step of the protocol, as Redis runs it: in Lua, all at once. The head of each script says what its keys and arguments
 * are, and what it answers.
 */
public enum ProtocolScript {
    /** A reader asks for an entry, or for a token to fill it with. */
    BEGIN("begin.lua"),
    /** A reader stores what it computed, unless that may have gone stale meanwhile. */
    FILL("fill.lua"),
    /** A reader gives the lock for warming an entry back. */
    UNLOCK("unlock.lua"),
    /** The invalidator fences tags and unlinks the entries under them. */
    INVALIDATE("invalidate.lua"),
    /** The invalidator publishes how far everything is evicted. */
    PUBLISH("publish.lua"),
    /** The invalidator takes that back. */
    WITHDRAW("withdraw.lua"),
    /** An invalidator begins to work in a namespace. */
    CLAIM("claim.lua"),
    /** An invalidator begins to read the stream from a place. */
    BEGIN_READING("begin-reading.lua"),
    /** An invalidator that lives stops reading. */
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

    /** For EVAL, or SCRIPT LOAD. */
    public String text() {
        return text;
    }
}
