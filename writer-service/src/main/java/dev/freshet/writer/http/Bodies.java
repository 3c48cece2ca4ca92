// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.context.json.JsonLimits;
import dev.freshet.support.http.problem.ApiException;
import dev.freshet.support.http.problem.FieldError;
import dev.freshet.support.http.problem.Problem;
import dev.freshet.support.http.request.BodyLimit;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/** Reads request bodies. They must be JSON objects of the right content type and within the limits. */
final class Bodies {
    private static final ObjectMapper JSON = JsonLimits.strictMapper();
    private static final String PLAIN = "application/json";
    private static final String MERGE_PATCH = "application/merge-patch+json";

    private Bodies() {}

    static ObjectNode json(Context request) {
        return read(request, List.of(PLAIN));
    }

    /** PATCH also accepts plain JSON, for clients that cannot send another content type. */
    static ObjectNode mergePatch(Context request) {
        return read(request, List.of(MERGE_PATCH, PLAIN));
    }

    private static ObjectNode read(Context request, List<String> types) {
        requireType(request.header("Content-Type"), types);
        var node = parse(BodyLimit.read(request));
        if (!node.isObject()) {
            var kind = node.isMissingNode() ? "empty" : Fields.kind(node);
            throw ApiException.badRequest("body", "is " + kind + "; expected a JSON object");
        }
        return (ObjectNode) node;
    }

    private static JsonNode parse(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (StreamConstraintsException e) {
            if (e.getOriginalMessage().startsWith("Token count")) {
                var reason = "has more than " + JsonLimits.MAX_TOKENS + " JSON tokens; send fewer values at once";
                throw new ApiException(
                        Problem.of(413, "the request " + reason).withErrors(List.of(new FieldError("body", reason))));
            }
            throw ApiException.badRequest(
                    "body",
                    "is nested too deeply or has too long a number at " + place(e) + "; a document may have "
                            + JsonLimits.MAX_DEPTH + " levels");
        } catch (JsonProcessingException e) {
            // The parser's message may quote the body, so it is not passed on.
            var duplicate = e.getOriginalMessage().startsWith("Duplicate field");
            throw ApiException.badRequest(
                    "body", (duplicate ? "names a member twice at " : "is not JSON at ") + place(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String place(JsonProcessingException e) {
        var location = e.getLocation();
        return location == null ? "its end" : "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static void requireType(String header, List<String> types) {
        var parts = header == null
                ? new String[] {""}
                : header.toLowerCase(Locale.ROOT).split(";");
        boolean known = types.contains(parts[0].strip());
        for (int i = 1; i < parts.length; i++) {
            var parameter = parts[i].strip().replace("\"", "");
            known &= !parameter.startsWith("charset=") || parameter.equals("charset=utf-8");
        }
        if (!known) {
            throw ApiException.unsupportedMediaType(
                    header == null ? "" : Fields.shown(header), String.join(" or ", types));
        }
    }
}
