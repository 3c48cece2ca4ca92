// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.recent;

import picocli.CommandLine.Option;

/** The one invalidator that a command is about. A picocli mixin. */
public final class AdminOption {
    @Option(
            names = "--admin-url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8083",
            description = "The admin port of the invalidator. Default: ${DEFAULT-VALUE}.")
    private String adminUrl;

    /** @throws dev.freshet.support.config.ConfigException if the URL cannot be used */
    public AdminPort port() {
        return new AdminPort("FRESHET_ADMIN_URL", adminUrl);
    }
}
