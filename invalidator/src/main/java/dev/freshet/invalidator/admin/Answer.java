// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.admin;

/**
 * The response of a page.
 *
 * @param status the HTTP status
 * @param type the Content-Type
 */
public record Answer(int status, String type, String body) {
    public static Answer text(int status, String body) {
        return new Answer(status, "text/plain; charset=utf-8", body);
    }

    public static Answer json(int status, String body) {
        return new Answer(status, "application/json", body);
    }
}
