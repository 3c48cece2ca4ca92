// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.context.Level;
import dev.freshet.lab.race.history.Observation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewParserTest {
    private final World world = new World(8);
    private final ViewParser parser = new ViewParser(world);

    private List<Observation> read(View.Kind kind, Level level, String id, String json) {
        return parser.observations(
                new View(kind, world.row(level, id)), json == null ? null : json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aResolvedValueShowsItsWholeChain() {
        var json = """
                {"level":"branch","id":3,"name":"7","document":{"g":5,"p":6,"b":7},"chain":[
                {"level":"global","id":"bench0"},{"level":"project","id":2},{"level":"branch","id":3}]}""";
        var global = world.row(Level.GLOBAL, "bench0");
        var project = world.row(Level.PROJECT, "2");
        assertThat(read(View.Kind.RESOLVED, Level.BRANCH, "3", json))
                .containsExactly(
                        Observation.shown(global, null, 5),
                        Observation.shown(project, global, 6),
                        Observation.shown(world.row(Level.BRANCH, "3"), project, 7));
    }

    @Test
    void aChainOfAnotherRowIsRefused() {
        var json = "{\"document\":{\"g\":5},\"chain\":[{\"level\":\"global\",\"id\":\"bench0\"}]}";
        assertThatThrownBy(() -> read(View.Kind.RESOLVED, Level.BRANCH, "3", json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("branch:3");
    }

    @Test
    void anOwnValueShowsTheRowAndItsPlace() {
        assertThat(read(View.Kind.OWN, Level.TASK, "1", "{\"parent\":4,\"document\":{\"t\":9}}"))
                .containsExactly(Observation.shown(world.row(Level.TASK, "1"), world.row(Level.BRANCH, "4"), 9));
    }

    @Test
    void aListShowsWhoIsThereAndWhoIsNot() {
        var project = world.row(Level.PROJECT, "1");
        assertThat(read(View.Kind.LIST, Level.PROJECT, "1", "{\"items\":[{\"id\":2,\"name\":\"8\"}],\"next\":null}"))
                .containsExactly(
                        Observation.exists(project),
                        Observation.named(world.row(Level.BRANCH, "2"), project, 8),
                        Observation.elsewhere(world.row(Level.BRANCH, "1"), project),
                        Observation.elsewhere(world.row(Level.BRANCH, "3"), project),
                        Observation.elsewhere(world.row(Level.BRANCH, "4"), project));
    }

    @Test
    void noValueSaysThatTheRowIsMissing() {
        assertThat(read(View.Kind.OWN, Level.TASK, "1", null))
                .containsExactly(Observation.missing(world.row(Level.TASK, "1")));
    }
}
