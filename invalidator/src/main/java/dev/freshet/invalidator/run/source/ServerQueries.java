// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.source;

import dev.freshet.core.source.ServerIdentity;

/** Which server and database this is. One thread. */
public interface ServerQueries {
    String systemIdentifier();

    String database();

    ServerIdentity server();
}
