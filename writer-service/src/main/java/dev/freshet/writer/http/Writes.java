// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.http;

import dev.freshet.support.http.auth.BearerAuth;
import dev.freshet.support.http.problem.ApiException;
import dev.freshet.support.http.problem.Problem;
import dev.freshet.writer.command.Command;
import dev.freshet.writer.command.Outcome;
import dev.freshet.writer.command.Refusal;
import dev.freshet.writer.command.Workspace;
import dev.freshet.writer.db.UnavailableException;
import dev.freshet.writer.db.UserTransactions;
import dev.freshet.writer.store.Answer;
import dev.freshet.writer.store.Json;
import dev.freshet.writer.store.KeptAnswers;
import dev.freshet.writer.store.KeyReusedException;
import dev.freshet.writer.store.PostgresStorage;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Runs the commands of a request in one transaction, and responds once it is committed. Thread-safe. */
final class Writes {
    private static final String SAVEPOINT = "before_commands";

    private final UserTransactions transactions;
    private final WriterMetrics metrics;

    Writes(UserTransactions transactions, WriterMetrics metrics) {
        this.transactions = transactions;
        this.metrics = metrics;
    }

    /** The responses for success and for refusal. */
    record Answering(Function<List<Outcome>, Answer> done, Function<Refusal, Problem> refused) {}

    void run(Context request, List<Command> commands, Answering answering) {
        var user = BearerAuth.userOf(request);
        var key = RequestParameters.idempotencyKey(request);
        try {
            var committed = transactions.write(
                    user,
                    handle -> key.isPresent()
                            ? once(handle, user, key.get(), RequestDigest.of(request), commands, answering)
                            : execute(handle, user, commands, answering));
            count(committed.value());
            committed.value().answer.headers().forEach(request::header);
            request.header("Freshet-Position", committed.position());
            request.status(committed.value().answer.status())
                    .result(committed.value().answer.body());
        } catch (Refusal refusal) {
            if (refusal.kind() == Refusal.Kind.VERSION_CONFLICT) {
                metrics.conflict();
            }
            throw new ApiException(answering.refused.apply(refusal));
        } catch (KeyReusedException e) {
            throw Problems.of(e);
        } catch (UnavailableException e) {
            throw Problems.of(e);
        }
    }

    private record Done(Answer answer, int events, boolean replayed) {}

    private static Done execute(Handle handle, String user, List<Command> commands, Answering answering) {
        var result = Workspace.run(new PostgresStorage(handle, user), commands);
        return new Done(answering.done.apply(result.outcomes()), result.events(), false);
    }

    /** The first answer is kept even if it is a refusal. In that case only the effects of the commands are undone. */
    private static Done once(
            Handle handle, String user, String key, byte[] digest, List<Command> commands, Answering answering) {
        var kept = new KeptAnswers(handle, user);
        var earlier = kept.take(key, digest);
        if (earlier.isPresent()) {
            return new Done(earlier.get(), 0, true);
        }
        Done done;
        handle.savepoint(SAVEPOINT);
        try {
            done = execute(handle, user, commands, answering);
        } catch (Refusal refusal) {
            handle.rollbackToSavepoint(SAVEPOINT);
            done = new Done(refused(answering.refused.apply(refusal)), 0, false);
        }
        kept.keep(key, done.answer);
        return done;
    }

    private static Answer refused(Problem problem) {
        return new Answer(
                problem.status(),
                Map.of("Content-Type", Problem.CONTENT_TYPE),
                Json.write(Json.MAPPER.valueToTree(problem.members())));
    }

    private void count(Done done) {
        if (done.replayed) {
            metrics.replayed();
        } else {
            metrics.committed(done.events);
        }
        if (done.answer.status() == 412) {
            metrics.conflict();
        }
    }
}
