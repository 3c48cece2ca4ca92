// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.pipeline.UnreadableException;
import dev.freshet.core.source.SetupException;
import dev.freshet.core.source.Shortcoming;
import dev.freshet.core.source.Topic;
import dev.freshet.invalidator.run.start.RefusedException;
import dev.freshet.model.finding.DatabaseCode;
import dev.freshet.model.finding.Place;
import dev.freshet.protocol.Lsn;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("memory")
class RunEndTest {
    private final StringWriter out = new StringWriter();
    private final PrintWriter err = new PrintWriter(out, true);

    @Test
    void whatAnAdministratorMustRunIsPrinted() {
        var lacking = List.of(Shortcoming.administrators(
                Topic.RIGHTS,
                DatabaseCode.NOT_READABLE,
                Place.of(Place.Kind.TABLE, "item"),
                "may not read item",
                "GRANT SELECT"));
        assertThat(RunEnd.of(new SetupException(lacking)).told(err)).isEqualTo(1);
        assertThat(out.toString()).contains("administrator must run", "may not read item [FR246]", "    GRANT SELECT");
    }

    @Test
    void whatToDoAboutChangesThatCannotBeReadIsPrinted() {
        var changes = new UnreadableException(new Lsn(5), OptionalLong.of(771), "broken", null);
        assertThat(RunEnd.of(changes).told(err)).isEqualTo(1);
        assertThat(out.toString()).contains("transaction 771 after 0/5", "--on-unreadable=purge");
    }

    @Test
    void whoIsRefusedHasACodeOfItsOwn() {
        assertThat(RunEnd.of(new RefusedException(DatabaseCode.OTHER_INSTANCE, "the mapping differs"))
                        .told(err))
                .isEqualTo(5);
        assertThat(out.toString().strip()).isEqualTo("refused: the mapping differs [FR267]");
    }
}
