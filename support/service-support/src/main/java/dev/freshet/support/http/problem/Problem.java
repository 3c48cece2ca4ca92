// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.http.problem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The body of an error response, as defined in RFC 9457. Immutable.
 *
 * @param type {@code about:blank} if the status says everything, otherwise {@code urn:freshet:problem:…}
 * @param errors for invalid input: the invalid fields, with reasons
 * @param facts additional members, such as the current version
 */
public record Problem(
        String type, String title, int status, String detail, List<FieldError> errors, Map<String, Object> facts) {
    /** The content type of a problem. */
    public static final String CONTENT_TYPE = "application/problem+json";

    public Problem {
        errors = List.copyOf(errors);
        facts = Map.copyOf(facts);
    }

    /** A problem that is fully described by its status, apart from the detail. */
    public static Problem of(int status, String detail) {
        return new Problem("about:blank", Statuses.title(status), status, detail, List.of(), Map.of());
    }

    /** A problem with its own type, so that clients can recognise it without reading the detail. */
    public static Problem of(int status, String type, String title, String detail) {
        return new Problem("urn:freshet:problem:" + type, title, status, detail, List.of(), Map.of());
    }

    public Problem withErrors(List<FieldError> fieldErrors) {
        return new Problem(type, title, status, detail, fieldErrors, facts);
    }

    public Problem withFact(String name, Object value) {
        var more = new LinkedHashMap<>(facts);
        more.put(name, value);
        return new Problem(type, title, status, detail, errors, more);
    }

    /** The members of the JSON object. */
    public Map<String, Object> members() {
        var members = new LinkedHashMap<String, Object>();
        members.put("type", type);
        members.put("title", title);
        members.put("status", status);
        members.put("detail", detail);
        if (!errors.isEmpty()) {
            members.put("errors", errors);
        }
        members.putAll(facts);
        return members;
    }
}
