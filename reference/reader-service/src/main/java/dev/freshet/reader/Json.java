// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.reader;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.context.json.JsonLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes and reads the JSON of views. */
final class Json {
    static final ObjectMapper MAPPER = JsonLimits.storedMapper();

    private Json() {}

    /** Writes the members of an object. */
    @FunctionalInterface
    interface Members<X extends Exception> {
        void write(JsonGenerator out) throws IOException, X;
    }

    static <X extends Exception> byte[] write(Members<X> members) throws X {
        var bytes = new ByteArrayOutputStream(512);
        try (var out = MAPPER.createGenerator(bytes)) {
            out.writeStartObject();
            members.write(out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write JSON to memory", e);
        }
        return bytes.toByteArray();
    }

    /** The member {@code version}. What follows it is not parsed. */
    static String versionOf(byte[] json) {
        try (var in = MAPPER.createParser(json)) {
            in.nextToken();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = in.currentName().equals("version");
                in.nextToken();
                if (found) {
                    return in.getText();
                }
                in.skipChildren();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a cached value is not JSON", e);
        }
        throw new IllegalArgumentException("a cached value has no version");
    }
}
