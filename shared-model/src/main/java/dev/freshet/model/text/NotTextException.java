// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.text;

import java.io.IOException;

/** A file is no text in UTF-8. The message says what it is, to stand behind its name: {@code is a directory}. */
public final class NotTextException extends IOException {
    NotTextException(String what) {
        super(what);
    }
}
