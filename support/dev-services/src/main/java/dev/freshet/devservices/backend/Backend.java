// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.backend;

/** One server with a fixed host, port and data. The data survive everything except {@link #close()}. */
public interface Backend extends AutoCloseable {

    BackendKind way();

    String host();

    int port();

    /** Starts the server. Returns when it responds. */
    void start();

    /** Shuts the server down in an orderly way, as an administrator would. */
    void stop();

    /** Kills the server, as a crash would. */
    void kill();

    boolean isRunning();

    String logTail(int lines);

    /** Ends the server and removes its data. */
    @Override
    void close();
}
