// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.context.ContextId;
import dev.freshet.context.ContextPaths;
import dev.freshet.context.Level;
import dev.freshet.support.http.auth.BearerAuth;
import dev.freshet.support.http.problem.ApiException;
import dev.freshet.support.http.request.Etags;
import dev.freshet.support.http.request.Page;
import dev.freshet.writer.db.UnavailableException;
import dev.freshet.writer.db.UserTransactions;
import dev.freshet.writer.store.Contexts;
import dev.freshet.writer.store.EventLog;
import dev.freshet.writer.store.Json;
import dev.freshet.writer.store.UnreadableEventException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.function.Function;

/** Requests that read contexts and their events from the database. */
final class ReadRoutes {
    private static final int MAX_LIMIT = 200;

    private final UserTransactions transactions;

    ReadRoutes(UserTransactions transactions) {
        this.transactions = transactions;
    }

    void register(RoutesConfig routes) {
        for (var level : Level.values()) {
            routes.get(ContextPaths.one(level), request -> one(level, request));
            routes.get(ContextPaths.one(level) + "/history", request -> history(level, request));
            if (level != Level.GLOBAL) {
                routes.get(ContextPaths.list(level), request -> list(level, request));
            }
        }
        routes.get("/v1/events", this::events);
    }

    private <T> T read(Context request, UserTransactions.Work<T> work) {
        try {
            return transactions.read(BearerAuth.userOf(request), work);
        } catch (UnavailableException e) {
            throw Problems.of(e);
        } catch (UnreadableEventException e) {
            throw Problems.of(e);
        }
    }

    private void one(Level level, Context request) {
        var user = BearerAuth.userOf(request);
        var id = RequestParameters.context(level, request);
        var at = RequestParameters.at(request);
        var found = read(
                request,
                handle -> at.isPresent()
                        ? new EventLog(handle, user).asOf(id, at.get())
                        : new Contexts(handle, user).find(id));
        var context = found.orElseThrow(() -> missing(id));
        request.header("ETag", ContextJson.etag(context));
        if (Etags.matches(request.header("If-None-Match"), ContextJson.etag(context))) {
            request.status(304);
        } else {
            answer(request, ContextJson.of(context));
        }
    }

    private void list(Level level, Context request) {
        var user = BearerAuth.userOf(request);
        var parent = level == Level.PROJECT
                ? ContextId.global(user)
                : RequestParameters.context(level.parent().orElseThrow(), request);
        var part = Page.of(request, MAX_LIMIT);
        var children = read(request, handle -> {
            var contexts = new Contexts(handle, user);
            var found = contexts.children(parent, part.after(), part.limit() + 1);
            // A user without a global context has no projects. That is not an error.
            if (found.isEmpty() && level != Level.PROJECT && !contexts.exists(parent)) {
                throw missing(parent);
            }
            return found;
        });
        boolean more = children.size() > part.limit();
        var page = more ? children.subList(0, part.limit()) : children;
        answer(
                request,
                page(
                        page,
                        ContextJson::summary,
                        more ? page.get(part.limit() - 1).id().number() : null));
    }

    private void history(Level level, Context request) {
        var user = BearerAuth.userOf(request);
        var id = RequestParameters.context(level, request);
        var part = Page.of(request, MAX_LIMIT);
        var page = read(request, handle -> {
            var log = new EventLog(handle, user);
            var found = log.history(id, part.after(), part.limit());
            if (found.events().isEmpty() && !log.knows(id)) {
                throw missing(id);
            }
            return found;
        });
        var events = page.events();
        answer(
                request,
                page(
                        events,
                        ContextJson::of,
                        page.more() ? events.get(events.size() - 1).version() : null));
    }

    private void events(Context request) {
        var user = BearerAuth.userOf(request);
        var part = Page.of(request, MAX_LIMIT);
        long after = part.after();
        var page = read(request, handle -> {
            var log = new EventLog(handle, user);
            long transaction = after == 0
                    ? 0
                    : log.transactionOf(after)
                            .orElseThrow(() -> ApiException.badRequest(
                                    "after", "is " + after + "; expected the position of one of your events, or 0"));
            return log.feed(transaction, after, part.limit());
        });
        var events = page.events();
        answer(
                request,
                page(
                        events,
                        ContextJson::of,
                        page.more() ? events.get(events.size() - 1).position() : null));
    }

    private static <T> ObjectNode page(List<T> items, Function<T, ObjectNode> view, Long next) {
        var json = JsonNodeFactory.instance.objectNode();
        var array = json.putArray("items");
        items.forEach(item -> array.add(view.apply(item)));
        return json.put("next", next);
    }

    private static void answer(Context request, ObjectNode json) {
        request.contentType("application/json").result(Json.write(json));
    }

    private static ApiException missing(ContextId id) {
        return ApiException.notFound("there is no " + id);
    }
}
