// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.http;

import org.eclipse.jetty.http.HttpStatus;

/** The names of HTTP statuses. */
final class Statuses {
    private Statuses() {}

    static String title(int status) {
        var code = HttpStatus.getCode(status);
        return code == null ? "Error" : code.getMessage();
    }
}
