// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.web;

import dev.freshet.cache.ForeignPositionException;
import dev.freshet.spring.FreshetSession;
import dev.freshet.spring.FreshetSessions;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives each request a session, with the position that the request carries, if any. The response carries the position
 * of what the request wrote, was told and read. A request whose method may change something is assumed to have written,
 * because statements outside transactions are not observed. A malformed or foreign position is answered with status
 * 400.
 */
public final class SessionFilter extends OncePerRequestFilter implements Ordered {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final int EARLY = Ordered.HIGHEST_PRECEDENCE + 100;

    private final FreshetSessions sessions;

    public SessionFilter(FreshetSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public int getOrder() {
        return EARLY;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Wanted wanted;
        try {
            wanted = Wanted.of(request::getHeaders);
        } catch (IllegalArgumentException e) {
            refuse(response, e.getMessage());
            return;
        }
        try (var session = sessions.open(wanted.level(), wanted.position())) {
            boolean safe = SAFE.contains(request.getMethod());
            var answer = new PositionResponse(response, first -> position(session, first && !safe));
            chain.doFilter(request, answer);
            answer.tellPosition();
        } catch (ServletException | RuntimeException e) {
            if (!isForeign(e) || response.isCommitted()) {
                throw e;
            }
            response.reset();
            refuse(response, "the position is of another database cluster; forget it, and ask again without");
        }
    }

    /** None if it is not known: an older one would promise what it does not hold. */
    private static String position(FreshetSession session, boolean mayHaveWritten) {
        if (mayHaveWritten) {
            session.wrote();
        }
        return session.isUnproven()
                ? null
                : session.latest().map(Object::toString).orElse(null);
    }

    private static boolean isForeign(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ForeignPositionException) {
                return true;
            }
        }
        return false;
    }

    private static void refuse(HttpServletResponse response, String detail) throws IOException {
        response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        response.setContentType("application/problem+json");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter()
                .write("{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,\"detail\":\"%s\"}"
                        .formatted(escaped(detail)));
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder();
        text.chars().forEach(one -> {
            if (one == '"' || one == '\\') {
                escaped.append('\\').append((char) one);
            } else if (one < ' ') {
                escaped.append("\\u%04x".formatted(one));
            } else {
                escaped.append((char) one);
            }
        });
        return escaped.toString();
    }
}
