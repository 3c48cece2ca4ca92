// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.store;

/** An Idempotency-Key was reused with a different request. */
public final class KeyReusedException extends RuntimeException {
    KeyReusedException(String key) {
        super("the Idempotency-Key '" + key + "' was used for another request before");
    }
}
