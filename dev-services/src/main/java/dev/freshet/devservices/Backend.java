// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices;

/** One server on one host, port and data, somewhere. The data survive everything but {@link #close()}. */
interface Backend extends AutoCloseable {

    BackendKind way();

    String host();

    int port();

    /** Starts it and returns when it answers. */
    void start();

    /** Asks it to end, as an administrator would. */
    void stop();

    /** Ends it at once, as a crash would. */
    void kill();

    boolean isRunning();

    String logTail(int lines);

    /** Ends it and removes its data. */
    @Override
    void close();
}
