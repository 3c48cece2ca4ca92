// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.support;

import dev.freshet.devservices.RedisServer;
import java.sql.SQLException;
import java.util.Map;

public final class Installation {
    public User user(String name) {
        return null;
    }

    public Database application() throws SQLException {
        return null;
    }

    public Database superuser() throws SQLException {
        return null;
    }

    public Cache cache() {
        return null;
    }

    public RedisServer redis() {
        return null;
    }

    public void drain() throws SQLException {}

    public String logs() {
        return "";
    }

    public void killInvalidator() {}

    public void startInvalidator() {}

    public Map<String, String> ownerSettings() {
        return Map.of();
    }
}
