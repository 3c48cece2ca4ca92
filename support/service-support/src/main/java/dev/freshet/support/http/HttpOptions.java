// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.http;

import picocli.CommandLine.Option;

/** Command-line options for the address that a service listens on. A picocli mixin. */
public final class HttpOptions {
    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            paramLabel = "HOST",
            description = "Address to listen on. Default: ${DEFAULT-VALUE}.")
    String host;

    @Option(names = "--port", paramLabel = "PORT", description = "Port to listen on; 0: any free port.")
    Integer port;

    public String host() {
        return host;
    }

    /** @throws dev.freshet.support.config.ConfigException if the port is not between 0 and 65535 */
    public int port(int defaultPort) {
        return HttpService.address(host, port == null ? defaultPort : port).port();
    }
}
