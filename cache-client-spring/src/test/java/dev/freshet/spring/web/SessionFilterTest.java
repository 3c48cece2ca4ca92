// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cache.Consistency;
import dev.freshet.cache.WalPosition;
import dev.freshet.spring.FreshetSession;
import dev.freshet.spring.FreshetSessions;
import jakarta.servlet.FilterChain;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Which position a request brings, and which one its answer carries. No server is needed. */
class SessionFilterTest {
    private static final WalPosition EARLY = WalPosition.of("0/1A@7");
    private static final WalPosition LATE = WalPosition.of("0/2B@7");

    private final AtomicInteger asked = new AtomicInteger();
    private Optional<WalPosition> database = Optional.of(LATE);
    private final SessionFilter filter = new SessionFilter(new FreshetSessions(() -> {
        asked.incrementAndGet();
        return database;
    }));

    private String answered(String method, WalPosition brought, FilterChain application) throws Exception {
        var request = new MockHttpServletRequest(method, "/");
        if (brought != null) {
            request.addHeader(Headers.POSITION, brought.toString());
        }
        var response = new MockHttpServletResponse();
        filter.doFilter(request, response, application);
        assertThat(FreshetSession.current()).isEmpty();
        return response.getHeader(Headers.POSITION);
    }

    private static FreshetSession session() {
        return FreshetSession.current().orElseThrow();
    }

    @Test
    void whatReadsMustNotMissIsWhatTheRequestBrings() throws Exception {
        assertThat(answered(
                        "GET",
                        EARLY,
                        (request, response) -> assertThat(session().required()).hasValue(EARLY)))
                .isEqualTo(EARLY.toString());
        assertThat(answered(
                        "GET",
                        null,
                        (request, response) -> assertThat(session().required()).isEmpty()))
                .isNull();
        assertThat(asked).hasValue(0);
    }

    @Test
    void aCommitIsNotMissedByLaterReadsAndIsToldBeforeTheBody() throws Exception {
        var told = answered("GET", EARLY, (request, response) -> {
            session().wrote();
            assertThat(session().required()).hasValue(LATE);
            response.getWriter().write("body");
            response.flushBuffer();
        });
        assertThat(told).isEqualTo(LATE.toString());
        assertThat(asked).hasValue(1);
    }

    @Test
    void aRequestThatMayWriteAsksTheDatabaseOnce() throws Exception {
        assertThat(answered(
                        "POST",
                        null,
                        (request, response) -> response.getWriter().write("body")))
                .isEqualTo(LATE.toString());
        assertThat(answered("DELETE", null, (request, response) -> {})).isEqualTo(LATE.toString());
        assertThat(asked).hasValue(2);
    }

    @Test
    void aPositionThatNobodyCanTellIsNotClaimed() throws Exception {
        database = Optional.empty();
        assertThat(answered("POST", EARLY, (request, response) -> {
                    session().wrote();
                    assertThat(session().isUnproven()).isTrue();
                }))
                .isNull();
    }

    @Test
    void whatAReadShowedGoesIntoTheAnswerAlone() throws Exception {
        assertThat(answered("GET", EARLY, (request, response) -> {
                    session().read(LATE);
                    assertThat(session().required()).hasValue(EARLY);
                }))
                .isEqualTo(LATE.toString());
    }

    @Test
    void headersThatContradictEachOtherAreRefused() throws Exception {
        var request = new MockHttpServletRequest("GET", "/");
        request.addHeader(Headers.POSITION, EARLY.toString());
        request.addHeader(Headers.CONSISTENCY, "bounded; max-age=1s");
        var response = new MockHttpServletResponse();
        filter.doFilter(request, response, (one, other) -> {
            throw new AssertionError("not to be called");
        });
        assertThat(response.getStatus()).isEqualTo(400);
        assertThat(response.getContentAsString()).contains("bounded", "expected it alone");
    }

    @Test
    void aSessionMayStandInTheLevel() throws Exception {
        var request = new MockHttpServletRequest("GET", "/");
        request.addHeader(Headers.CONSISTENCY, "session; position=" + EARLY);
        filter.doFilter(request, new MockHttpServletResponse(), (one, other) -> {
            assertThat(session().required()).hasValue(EARLY);
            assertThat(session().level()).isEmpty();
        });
        var strong = new MockHttpServletRequest("GET", "/");
        strong.addHeader(Headers.CONSISTENCY, "strong");
        filter.doFilter(
                strong,
                new MockHttpServletResponse(),
                (one, other) -> assertThat(session().level()).hasValue(Consistency.strong()));
    }
}
