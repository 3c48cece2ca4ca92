// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.web;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.Function;

/** A response whose position is told before anything of its body can have been sent. Used by one thread. */
final class PositionResponse extends HttpServletResponseWrapper {
    private final Function<Boolean, String> position;
    private boolean asked;
    private boolean answering;

    /** @param position asked when the application begins to answer, and at the end; is told whether it is asked first. Null for none */
    PositionResponse(HttpServletResponse response, Function<Boolean, String> position) {
        super(response);
        this.position = position;
    }

    void tellPosition() {
        if (!isCommitted()) {
            String now = position.apply(!asked);
            asked = true;
            if (now != null) {
                setHeader(Headers.POSITION, now);
            }
        }
    }

    private void beforeBody() {
        if (!answering) {
            answering = true;
            tellPosition();
        }
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        beforeBody();
        return super.getOutputStream();
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        beforeBody();
        return super.getWriter();
    }

    @Override
    public void flushBuffer() throws IOException {
        beforeBody();
        super.flushBuffer();
    }

    @Override
    public void sendError(int status) throws IOException {
        beforeBody();
        super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        beforeBody();
        super.sendError(status, message);
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        beforeBody();
        super.sendRedirect(location);
    }
}
