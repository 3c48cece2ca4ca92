// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.http.openapi;

import dev.freshet.support.http.auth.Access;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/**
 * Shows the OpenAPI document as a page, {@code /docs}, to which {@code /} leads: Swagger UI, from the class path. The
 * page loads nothing from elsewhere, and needs no token; what is tried out on it does.
 */
public final class OpenApiViewer {
    private static final String OURS = "/openapi-viewer/";
    private static final String SWAGGER_UI = "/META-INF/resources/webjars/swagger-ui/" + version() + "/";
    private static final String JAVASCRIPT = "text/javascript; charset=utf-8";

    /** Swagger UI puts styles into the page, and pictures into its styles. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'";

    /** What is shown, by its path. */
    private static final Map<String, Asset> ASSETS = Map.of(
            "/docs", new Asset(OURS + "page.html", "text/html; charset=utf-8"),
            "/docs/viewer.js", new Asset(OURS + "viewer.js", JAVASCRIPT),
            "/docs/swagger-ui-bundle.js", new Asset(SWAGGER_UI + "swagger-ui-bundle.js", JAVASCRIPT),
            "/docs/swagger-ui.css", new Asset(SWAGGER_UI + "swagger-ui.css", "text/css; charset=utf-8"));

    private record Asset(String resource, String type) {
        /** Read anew for each request: the page is asked for seldom, and is two megabytes. */
        void answer(Context request) {
            try (var in = OpenApiViewer.class.getResourceAsStream(resource)) {
                if (in == null) {
                    throw new IllegalStateException("no resource '" + resource + "' on the class path");
                }
                request.header("Content-Security-Policy", POLICY);
                request.contentType(type).result(in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + resource, e);
            }
        }
    }

    private OpenApiViewer() {}

    /** Of Swagger UI, as its Maven package says. */
    private static String version() {
        try (var in =
                OpenApiViewer.class.getResourceAsStream("/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
            var properties = new Properties();
            properties.load(Objects.requireNonNull(in, "Swagger UI is not on the class path"));
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds the routes. They need no token. */
    public static void register(RoutesConfig routes) {
        routes.get("/", request -> request.redirect("/docs", HttpStatus.FOUND), Access.OPEN);
        ASSETS.forEach((path, asset) -> routes.get(path, asset::answer, Access.OPEN));
    }
}
