// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.example.demo;

import dev.freshet.devservices.TestDatabase;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** One of the two services, on a port of its own. */
record Service(ConfigurableApplicationContext context) implements AutoCloseable {
    /**
     * Starts one.
     *
     * @param name of its configuration
     * @param settings beside those
     */
    static Service start(Class<?> application, String name, TestDatabase database, Map<String, Object> settings) {
        var all = new HashMap<String, Object>(settings);
        all.put("spring.config.name", name);
        all.put("spring.main.banner-mode", "off");
        all.put("server.port", "0");
        all.put("spring.datasource.url", database.jdbcUrl());
        all.put("spring.datasource.username", database.user());
        all.put("spring.datasource.password", database.password());
        return new Service(
                new SpringApplicationBuilder(application).properties(all).run());
    }

    URI address() {
        return URI.create("http://localhost:" + context.getEnvironment().getProperty("local.server.port"));
    }

    @Override
    public void close() {
        context.close();
    }
}
