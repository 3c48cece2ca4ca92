// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.result;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Results from a file, with how they came about.
 *
 * @param json all of the file
 */
public record StoredRun(Results results, JsonNode json) {
    /** The command that was typed. */
    public String command() {
        return json.path("command").asText();
    }

    /** The day on which it was measured, such as {@code 2026-11-30}. */
    public String day() {
        return json.path("startedAt").asText().split("T")[0];
    }

    /** Processor, memory, Java and the servers, in words. */
    public String environment() {
        JsonNode machine = json.path("machine");
        JsonNode servers = json.path("servers");
        return "%d cores of %s, %d GiB, Java %s, PostgreSQL %s, Redis %s"
                .formatted(
                        machine.path("processors").asInt(),
                        machine.path("processor").asText(),
                        machine.path("memoryGiB").asInt(),
                        machine.path("java").asText().replaceAll(".*VM ", "").replaceAll("\\+.*", ""),
                        servers.path("postgresql").asText(),
                        servers.path("redis").asText());
    }

    /** The version of Freshet that was measured. */
    public String version() {
        return json.path("version").asText();
    }

    /** Whether it was a short run. */
    public boolean isQuick() {
        return command().contains(" --quick");
    }

    /** Whether everything was measured. Files of older versions do not say so, and hold whole runs. */
    public boolean isComplete() {
        return json.path("complete").asBoolean(true);
    }
}
