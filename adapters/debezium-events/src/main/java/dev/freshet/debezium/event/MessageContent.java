// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.event;

import dev.freshet.debezium.value.Fields;
import java.util.Base64;

/** The content of a logical message. */
final class MessageContent {
    private MessageContent() {}

    /** The bytes, which an encoding without a schema writes in Base64; null if there are none. */
    static byte[] of(Fields message) {
        Object content = message.get("content");
        if (!(content instanceof String text)) {
            return content instanceof byte[] bytes ? bytes : null;
        }
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
