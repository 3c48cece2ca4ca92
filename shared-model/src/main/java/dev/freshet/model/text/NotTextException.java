// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.text;

import java.io.IOException;

/**
 * A file is not UTF-8 text. The message completes a sentence that starts with the file's name: {@code is a directory}.
 */
public final class NotTextException extends IOException {
    NotTextException(String what) {
        super(what);
    }
}
