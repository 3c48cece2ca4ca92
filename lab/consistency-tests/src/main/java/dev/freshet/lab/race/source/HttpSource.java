// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.source;

import dev.freshet.lab.race.world.View;
import dev.freshet.lab.race.world.WalPositions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads through the reader-service. */
public final class HttpSource implements ViewSource {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http;
    private final Supplier<URI> reader;
    private final Function<String, String> tokens;

    public HttpSource(HttpClient http, Supplier<URI> reader, Function<String, String> tokens) {
        this.http = http;
        this.reader = reader;
        this.tokens = tokens;
    }

    @Override
    public Answer read(View view, RequestedConsistency requested) throws ReadFailedException, InterruptedException {
        var request = HttpRequest.newBuilder(reader.get().resolve(path(view)))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + tokens.apply(view.row().user()))
                .header("Freshet-Consistency", requested.toString())
                .build();
        try {
            var response = http.send(request, BodyHandlers.ofByteArray());
            int status = response.statusCode();
            if (status != 200 && status != 404) {
                throw new ReadFailedException(request.uri() + " was answered " + status);
            }
            var headers = response.headers();
            return new Answer(
                    status == 404 ? null : response.body(),
                    headers.firstValue("Freshet-Cache").orElse("untold"),
                    headers.firstValue("Freshet-Position")
                            .map(WalPositions::parse)
                            .orElse(0L));
        } catch (IOException e) {
            throw new ReadFailedException(e);
        }
    }

    private static String path(View view) {
        var row = view.row();
        var own = switch (row.level()) {
            case GLOBAL -> "/v1/global";
            case PROJECT -> "/v1/projects/" + row.id();
            case BRANCH -> "/v1/branches/" + row.id();
            case TASK -> "/v1/tasks/" + row.id();
        };
        return switch (view.kind()) {
            case OWN -> own;
            case RESOLVED -> own + "/resolved";
            case LIST ->
                switch (row.level()) {
                    case GLOBAL -> "/v1/projects?limit=" + View.PAGE;
                    case PROJECT -> own + "/branches?limit=" + View.PAGE;
                    default -> own + "/tasks?limit=" + View.PAGE;
                };
        };
    }

    @Override
    public void close() {
        // Nothing to close: the client is shared.
    }
}
