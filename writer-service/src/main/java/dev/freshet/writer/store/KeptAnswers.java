// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.store;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The first responses to requests with an Idempotency-Key. */
public final class KeptAnswers {
    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    private final Handle handle;
    private final String user;

    public KeptAnswers(Handle handle, String user) {
        this.handle = handle;
        this.user = user;
    }

    /**
     * Takes the key for this transaction. Waits if another transaction holds it.
     *
     * @param request digest of the request
     * @return the kept answer, if there is one
     * @throws KeyReusedException if the key was used with a different request
     */
    public Optional<Answer> take(String key, byte[] request) {
        int taken = handle.createUpdate("""
                        insert into freshet.idempotency (user_id, key, request) values (:user, :key, :request)
                        on conflict (user_id, key) do nothing
                        """)
                .bind("user", user)
                .bind("key", key)
                .bind("request", request)
                .execute();
        return taken == 1 ? Optional.empty() : Optional.of(read(key, request));
    }

    private Answer read(String key, byte[] request) {
        return handle.createQuery(
                        "select request, status, headers, body from freshet.idempotency where user_id = :user and key = :key")
                .bind("user", user)
                .bind("key", key)
                .map((row, context) -> {
                    if (!Arrays.equals(row.getBytes("request"), request)) {
                        throw new KeyReusedException(key);
                    }
                    Map<String, String> headers =
                            Json.MAPPER.convertValue(Json.read(row.getString("headers")), HEADERS);
                    return new Answer(row.getInt("status"), headers, row.getString("body"));
                })
                .one();
    }

    public void keep(String key, Answer answer) {
        handle.createUpdate("""
                        update freshet.idempotency set status = :status, headers = :headers::jsonb, body = :body
                        where user_id = :user and key = :key
                        """)
                .bind("user", user)
                .bind("key", key)
                .bind("status", answer.status())
                .bind("headers", Json.write(Json.MAPPER.valueToTree(answer.headers())))
                .bind("body", answer.body())
                .execute();
    }
}
