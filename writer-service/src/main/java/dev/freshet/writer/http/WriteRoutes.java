// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.http;

import dev.freshet.context.ContextId;
import dev.freshet.context.ContextPaths;
import dev.freshet.context.Level;
import dev.freshet.support.http.auth.BearerAuth;
import dev.freshet.support.http.request.BodyLimit;
import dev.freshet.writer.command.Command;
import dev.freshet.writer.command.Create;
import dev.freshet.writer.command.Delete;
import dev.freshet.writer.command.Move;
import dev.freshet.writer.command.Replace;
import dev.freshet.writer.command.Target;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Set;

/** Requests that change contexts. */
final class WriteRoutes {
    private static final Writes.Answering ONE = new Writes.Answering(Answers::one, Problems::one);

    private final Writes writes;
    private final LargeRequests large = new LargeRequests();

    WriteRoutes(Writes writes) {
        this.writes = writes;
    }

    void register(RoutesConfig routes) {
        for (var level : Level.values()) {
            routes.put(ContextPaths.one(level), request -> one(request, replace(level, request)));
            routes.patch(ContextPaths.one(level), request -> one(request, patch(level, request)));
            routes.delete(ContextPaths.one(level), request -> one(request, delete(level, request)));
            if (level != Level.GLOBAL) {
                routes.post(ContextPaths.list(level), request -> one(request, create(level, request)));
            }
            if (level.movable()) {
                routes.post(ContextPaths.one(level) + "/move", request -> one(request, move(level, request)));
            }
        }
        routes.post("/v1/bulk", this::bulk, new BodyLimit(BodyLimit.LARGEST));
    }

    private void one(Context request, Command command) {
        writes.run(request, List.of(command), ONE);
    }

    private static Command create(Level level, Context request) {
        RequestParameters.noPrecondition(request, "what it makes has no version yet");
        var parent = level.movable()
                ? Target.of(RequestParameters.context(level.parent().orElseThrow(), request), "parent")
                : null;
        var fields = Fields.of(Bodies.json(request)).known(ContextBody.columns(level));
        var attributes = ContextBody.attributes(level, fields);
        fields.check();
        return new Create(level, parent, attributes, null);
    }

    private static Command replace(Level level, Context request) {
        var target = target(level, request);
        var precondition = RequestParameters.precondition(request, level == Level.GLOBAL);
        var fields = Fields.of(Bodies.json(request)).known(ContextBody.columns(level));
        var attributes = ContextBody.attributes(level, fields);
        fields.check();
        return new Replace(level, target, attributes, precondition);
    }

    private static Command patch(Level level, Context request) {
        var target = target(level, request);
        var precondition = RequestParameters.precondition(request, false);
        var fields = Fields.of(Bodies.mergePatch(request)).known(ContextBody.columns(level));
        var patch = ContextBody.patch(level, target, fields, precondition);
        fields.check();
        return patch;
    }

    private static Command delete(Level level, Context request) {
        return new Delete(level, target(level, request), RequestParameters.precondition(request, false));
    }

    private static Command move(Level level, Context request) {
        var target = target(level, request);
        var precondition = RequestParameters.precondition(request, false);
        var fields = Fields.of(Bodies.json(request)).known(Set.of("parent"));
        if (!fields.has("parent")) {
            fields.wrong(
                    "parent",
                    "is missing; expected the id of a " + level.parent().orElseThrow());
        }
        var parent = fields.number("parent");
        fields.check();
        return new Move(
                level, target, Target.of(ContextId.of(level.parent().orElseThrow(), parent), "parent"), precondition);
    }

    private static Target target(Level level, Context request) {
        return Target.of(RequestParameters.context(level, request), "id");
    }

    private void bulk(Context request) {
        RequestParameters.noPrecondition(request, "give each operation its own \"version\"");
        large.run(request, () -> {
            var operations = BulkBody.read(BearerAuth.userOf(request), Bodies.json(request));
            writes.run(
                    request,
                    operations.stream().map(BulkBody.Operation::command).toList(),
                    new Writes.Answering(outcomes -> Answers.bulk(operations, outcomes), Problems::bulk));
        });
    }
}
