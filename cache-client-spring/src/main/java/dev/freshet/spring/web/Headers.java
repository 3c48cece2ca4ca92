// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.web;

/** The headers of Freshet's protocol over HTTP, see {@code docs/http-api.md}. */
final class Headers {
    static final String POSITION = "Freshet-Position";
    static final String CONSISTENCY = "Freshet-Consistency";

    private Headers() {}
}
