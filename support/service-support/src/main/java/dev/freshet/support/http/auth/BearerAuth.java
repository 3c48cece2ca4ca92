// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.http.auth;

import dev.freshet.support.http.problem.ApiException;
import dev.freshet.support.http.problem.Problem;
import io.javalin.http.Context;
import java.util.Map;

/** Authenticates requests. Every route needs a token, except those registered as {@link Access#OPEN}. */
public final class BearerAuth {
    private static final String USER = BearerAuth.class.getName();
    private static final String SCHEME = "Bearer ";

    private final Tokens tokens;

    public BearerAuth(Tokens tokens) {
        this.tokens = tokens;
    }

    /** The user who sent the request. Only for routes that need a token. */
    public static String userOf(Context request) {
        String user = request.attribute(USER);
        if (user == null) {
            throw new IllegalStateException("an open route has no user: " + request.method() + " " + request.path());
        }
        return user;
    }

    /** @throws ApiException 401 if the route needs a token and the request has no valid one */
    public void authenticate(Context request) {
        if (!request.routeRoles().contains(Access.OPEN)) {
            request.attribute(USER, user(request.header("Authorization")));
        }
    }

    private String user(String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw refused("a bearer token is needed", "Bearer realm=\"freshet\"");
        }
        try {
            return tokens.userOf(authorization.substring(SCHEME.length()).strip());
        } catch (InvalidTokenException e) {
            throw refused(e.getMessage(), "Bearer realm=\"freshet\", error=\"invalid_token\"");
        }
    }

    private static ApiException refused(String detail, String challenge) {
        return new ApiException(Problem.of(401, detail), Map.of("WWW-Authenticate", challenge));
    }
}
