// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.reader;

import dev.freshet.cache.CacheResult;
import dev.freshet.cache.Consistency;
import dev.freshet.cache.ForeignPositionException;
import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.InterruptedReadException;
import dev.freshet.cache.TooManyLoadsException;
import dev.freshet.context.ContextId;
import dev.freshet.context.ContextPaths;
import dev.freshet.context.Level;
import dev.freshet.support.http.auth.BearerAuth;
import dev.freshet.support.http.problem.ApiException;
import dev.freshet.support.http.request.Etags;
import dev.freshet.support.http.request.Page;
import dev.freshet.support.http.request.Parameters;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.function.BiFunction;

/** The routes of the query side. Each route names a view, and all are answered in the same way. */
final class ReadRoutes {
    private static final int MAX_LIMIT = 500;

    private final FreshetCache cache;
    private final Database database;

    ReadRoutes(FreshetCache cache, Database database) {
        this.cache = cache;
        this.database = database;
    }

    void register(RoutesConfig routes) {
        for (var level : Level.values()) {
            var one = ContextPaths.one(level);
            get(routes, one, (user, request) -> new OwnView(user, context(level, user, request)));
            get(routes, one + "/resolved", (user, request) -> new ResolvedView(user, context(level, user, request)));
            level.child()
                    .ifPresent(child -> get(
                            routes,
                            ContextPaths.list(child),
                            (user, request) ->
                                    new ListView(user, context(level, user, request), Page.of(request, MAX_LIMIT))));
        }
    }

    private void get(RoutesConfig routes, String path, BiFunction<String, Context, View> view) {
        routes.get(path, request -> {
            refuseThePast(request);
            answer(request, view.apply(BearerAuth.userOf(request), request));
        });
    }

    private static void refuseThePast(Context request) {
        if (request.queryParam("at") != null) {
            throw ApiException.badRequest(
                    "at",
                    "belongs to the writer, which has the log: the reader answers what is, and how fresh that must be is said"
                            + " by consistency");
        }
    }

    private void answer(Context request, View view) {
        var result = read(view, ConsistencyParameter.of(request));
        request.header("Freshet-Cache", result.status().toString());
        result.position().ifPresent(at -> request.header(ConsistencyParameter.POSITION, at.toString()));
        var json = result.value().orElseThrow(() -> ApiException.notFound("there is no " + describe(view.context())));
        var etag = '"' + view.etag(json) + '"';
        request.header("ETag", etag);
        // The client may store the answer, but must revalidate it before each use.
        request.header("Cache-Control", "private, no-cache");
        request.header("Vary", "Authorization");
        if (Etags.matches(request.header("If-None-Match"), etag)) {
            request.status(304);
        } else {
            request.contentType("application/json").result(json);
        }
    }

    private CacheResult<byte[]> read(View view, Consistency consistency) {
        try {
            return cache.at(consistency).get(view.key(), () -> database.readAs(view.user(), view::load));
        } catch (ForeignPositionException e) {
            throw ApiException.badRequest(ConsistencyParameter.POSITION, e.getMessage());
        } catch (TooManyLoadsException e) {
            throw ApiException.unavailable("too many loads from the database right now", Duration.ofSeconds(1), e);
        } catch (InterruptedReadException e) {
            throw ApiException.unavailable("the service is stopping", Duration.ofSeconds(1), e);
        }
    }

    private static ContextId context(Level level, String user, Context request) {
        return ContextPaths.named(level, user, () -> Parameters.id(request));
    }

    private static String describe(ContextId context) {
        return context.level() == Level.GLOBAL ? "global context" : context.toString();
    }
}
