// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.http.problem;

import org.eclipse.jetty.http.HttpStatus;

/** The names of HTTP statuses. */
public final class Statuses {
    private Statuses() {}

    public static String title(int status) {
        var code = HttpStatus.getCode(status);
        return code == null ? "Error" : code.getMessage();
    }
}
