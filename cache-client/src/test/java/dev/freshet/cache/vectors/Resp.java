// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.devservices.redis.RespClient;
import dev.freshet.protocol.ProtocolScript;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Runs commands as they stand in a file.
 *
 * @param redis runs one
 */
record Resp(Function<String[], Object> redis) {
    static Resp at(URI address) {
        return new Resp(command -> RespClient.ask(address.getHost(), address.getPort(), null, command));
    }

    Object run(String... command) {
        return redis.apply(command);
    }

    /** A command, or a script of the protocol with its keys and arguments. */
    void run(JsonNode step) {
        if (step.has("command")) {
            run(Vectors.texts(step.get("command")).toArray(String[]::new));
            return;
        }
        var script = ProtocolScript.valueOf(Vectors.text(step, "script").toUpperCase(Locale.ROOT));
        var keys = Vectors.texts(step.get("keys"));
        var arguments = Vectors.texts(step.get("args"));
        run(Stream.of(List.of("EVAL", script.text(), String.valueOf(keys.size())), keys, arguments)
                .flatMap(List::stream)
                .toArray(String[]::new));
    }

    /** Redis' TIME in µs. */
    long time() {
        var time = (List<?>) run("TIME");
        return Long.parseLong(time.get(0).toString()) * 1_000_000
                + Long.parseLong(time.get(1).toString());
    }
}
