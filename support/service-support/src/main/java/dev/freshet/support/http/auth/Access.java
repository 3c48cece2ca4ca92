// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.http.auth;

import io.javalin.security.RouteRole;

/** Who may use a route. Without this role, a route needs a token. */
public enum Access implements RouteRole {
    /** Anyone, without a token. */
    OPEN
}
