// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.tap;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/**
 * A socket on which its reader can wait for data without taking it: what comes meanwhile is kept for the next read. So
 * the driver, which reads from it, holds none of its locks while nothing comes. One thread reads and waits; others may
 * write and close.
 */
final class AwaitableSocket extends Socket {
    private Input input;

    /** What a wait ended with. */
    enum Awaited {
        DATA,
        /** Time is up. */
        NOTHING,
        /** Nothing will come any more: the next read finds the end of the stream, or fails. */
        END
    }

    @Override
    public synchronized InputStream getInputStream() throws IOException {
        if (input == null) {
            input = new Input(super.getInputStream());
        }
        return input;
    }

    /**
     * Waits until there is something to read.
     *
     * @param millis how long at most, greater than 0
     */
    Awaited awaitData(int millis) {
        try {
            var in = (Input) getInputStream();
            int usual = getSoTimeout();
            setSoTimeout(millis);
            try {
                return in.awaitData() ? Awaited.DATA : Awaited.END;
            } finally {
                setSoTimeout(usual);
            }
        } catch (SocketTimeoutException e) {
            return Awaited.NOTHING;
        } catch (IOException e) {
            // The next read fails, too, and says why.
            return Awaited.END;
        }
    }

    private static final class Input extends InputStream {
        private final InputStream in;
        private final byte[] kept = new byte[8192];
        private int from;
        private int to;

        Input(InputStream in) {
            this.in = in;
        }

        /** Returns false at the end of the stream. */
        boolean awaitData() throws IOException {
            if (from == to) {
                from = 0;
                to = 0;
                to = Math.max(0, in.read(kept));
            }
            return from < to;
        }

        @Override
        public int read() throws IOException {
            return from < to ? kept[from++] & 0xFF : in.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (from == to) {
                return in.read(into, offset, length);
            }
            int some = Math.min(length, to - from);
            System.arraycopy(kept, from, into, offset, some);
            from += some;
            return some;
        }

        @Override
        public int available() throws IOException {
            return to - from + in.available();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
