// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.reader;

import dev.freshet.cache.CacheResult;
import dev.freshet.cache.FreshetCache;
import dev.freshet.model.context.ContextId;
import dev.freshet.model.context.Level;
import dev.freshet.support.http.ApiException;
import dev.freshet.support.http.BearerAuth;
import dev.freshet.support.http.Etags;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;

/** The routes of the query side: each names a view, and all are answered in the same way. */
final class ReadRoutes {
    private final FreshetCache cache;
    private final Database database;

    ReadRoutes(FreshetCache cache, Database database) {
        this.cache = cache;
        this.database = database;
    }

    void register(RoutesConfig routes) {
        for (var level : Level.values()) {
            var path = level == Level.GLOBAL ? "/v1/global" : "/v1/" + plural(level) + "/{id}";
            get(routes, path, request -> new OwnView(BearerAuth.userOf(request), context(level, request)));
            get(
                    routes,
                    path + "/resolved",
                    request -> new ResolvedView(BearerAuth.userOf(request), context(level, request)));
            level.child().ifPresent(child -> {
                var list = level == Level.GLOBAL ? "/v1/" + plural(child) : path + "/" + plural(child);
                get(
                        routes,
                        list,
                        request -> new ListView(BearerAuth.userOf(request), context(level, request), Page.of(request)));
            });
        }
    }

    private static String plural(Level level) {
        return level == Level.BRANCH ? "branches" : level + "s";
    }

    private static ContextId context(Level level, Context request) {
        return level == Level.GLOBAL
                ? ContextId.global(BearerAuth.userOf(request))
                : ContextId.of(level, Numbers.parse("id", request.pathParam("id"), 1, Long.MAX_VALUE));
    }

    private void get(RoutesConfig routes, String path, Function<Context, View> view) {
        routes.get(path, request -> answer(request, view.apply(request)));
    }

    private void answer(Context request, View view) {
        var result = read(view);
        request.header("Freshet-Cache", result.status().name().toLowerCase(Locale.ROOT));
        var json = result.bytes().orElseThrow(() -> ApiException.notFound("there is no " + describe(view.context())));
        var etag = '"' + view.etag(json) + '"';
        request.header("ETag", etag);
        // May be kept by the one who asked, and used after asking whether it still holds.
        request.header("Cache-Control", "private, no-cache");
        request.header("Vary", "Authorization");
        if (Etags.matches(request.header("If-None-Match"), etag)) {
            request.status(304);
        } else {
            request.contentType("application/json").result(json);
        }
    }

    private CacheResult read(View view) {
        try {
            return cache.get(view.key(), () -> database.readAs(view.user(), view::load));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiException.unavailable("the service is stopping", Duration.ofSeconds(1));
        }
    }

    private static String describe(ContextId context) {
        return context.level() == Level.GLOBAL ? "global context" : context.toString();
    }
}
