// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.context.Level;
import dev.freshet.lab.race.source.Answer;
import dev.freshet.lab.race.source.RequestedConsistency;
import dev.freshet.lab.race.world.View;
import dev.freshet.lab.race.world.World;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {
    private static final List<RequestedConsistency> LEVELS = List.of(
            RequestedConsistency.EVENTUAL,
            RequestedConsistency.STRONG,
            RequestedConsistency.bounded(Duration.ofMillis(1200)),
            RequestedConsistency.session(0),
            RequestedConsistency.session(0xFFFF_FFFF_0000_0001L));

    @Test
    void everyRequestIsReadAsItWasWritten() {
        // Two worlds, as in two processes.
        var here = new World(16);
        var there = new World(16);
        for (var row : here.rows()) {
            for (var kind : View.Kind.values()) {
                if (kind == View.Kind.LIST && row.level() == Level.TASK) {
                    continue;
                }
                for (var level : LEVELS) {
                    var request = new ReadRequest(7, new View(kind, row), level);
                    var read = ReadRequest.parse(request.line().split(" "), there);
                    assertThat(read.reader()).isEqualTo(7);
                    assertThat(read.level()).isEqualTo(level);
                    assertThat(read.view().key()).isEqualTo(request.view().key());
                    assertThat(read.view().row()).isSameAs(there.rows().get(row.number()));
                }
            }
        }
    }

    @Test
    void everyReplyIsReadAsItWasWritten() {
        for (var json : new byte[][] {null, "[]".getBytes(UTF_8), "{\"a\": 1}\n{}".getBytes(UTF_8)}) {
            var answer = new Answer(json, "no_invalidator", -2, Long.MIN_VALUE, 5);
            var read = roundTrip(ReadReply.answered(-1, answer));
            assertThat(read.reader()).isEqualTo(-1);
            assertThat(read.failure()).isNull();
            assertThat(read.answer()).usingRecursiveComparison().isEqualTo(answer);
        }
        var failure = roundTrip(ReadReply.failed(3, new IOException("no\n connection")));
        assertThat(failure.failure()).isEqualTo("java.io.IOException: no connection");
        assertThat(failure.answer()).isNull();
        assertThat(failure.broken()).isFalse();
        assertThat(roundTrip(ReadReply.broken(3, new IllegalStateException())).broken())
                .isTrue();
    }

    private static ReadReply roundTrip(ReadReply reply) {
        var line = reply.line();
        assertThat(line).doesNotContain("\n");
        var words = line.split(" ");
        assertThat(ReadReply.isReply(words[0])).isTrue();
        return ReadReply.parse(words);
    }
}
