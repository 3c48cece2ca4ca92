// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.cache.Master;
import dev.freshet.core.cache.Masters;
import dev.freshet.core.cache.Standing;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Markers as they appear in the WAL. */
@WithPostgres
class HeartbeatTest {
    private static final Masters FIRST = masters(1);
    private static final Masters SECOND = masters(2);

    private static final Duration FASTEST = Duration.ofMillis(50);

    private final Heartbeat heartbeat = new Heartbeat(Clock.systemUTC(), Duration.ofSeconds(1), FASTEST);
    private final TestDatabase database;
    private Connection connection;

    HeartbeatTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void open() throws SQLException {
        connection = database.connect();
        database.execute("CREATE PUBLICATION beat", "SELECT pg_create_logical_replication_slot('beat', 'pgoutput')");
        heartbeat.begin();
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        database.execute("SELECT pg_drop_replication_slot('beat')", "DROP PUBLICATION beat");
    }

    @Test
    void heldIsWhatWasAskedBeforeTheMarkerThatCameBack() throws SQLException {
        assertThat(heartbeat.due()).isTrue();
        heartbeat.beat(connection, FIRST);
        heartbeat.beat(connection, SECOND);
        assertThat(heartbeat.due()).isFalse();
        assertThat(heartbeat.held()).isNull();
        var markers = markers();
        assertThat(markers).hasSize(2);

        heartbeat.returned(markers.get(0));
        assertThat(heartbeat.returns()).isEqualTo(1);
        assertThat(heartbeat.held()).isSameAs(FIRST);
        assertThat(heartbeat.oldestUnderWay()).map(Heartbeat.Marker::number).contains(2L);

        heartbeat.returned(markers.get(1));
        assertThat(heartbeat.returns()).isEqualTo(2);
        assertThat(heartbeat.held()).isSameAs(SECOND);
        assertThat(heartbeat.oldestUnderWay()).isEmpty();
    }

    @Test
    void aMarkerOfAnEarlierRunDoesNotCount() throws SQLException {
        heartbeat.beat(connection, FIRST);
        var earlier = markers().get(0);
        heartbeat.begin();
        heartbeat.beat(connection, SECOND);
        heartbeat.returned(earlier);
        assertThat(heartbeat.returns()).isZero();
        assertThat(heartbeat.held()).isNull();
        assertThat(heartbeat.oldestUnderWay()).isPresent();
    }

    @Test
    void whatWasHeldInAnEarlierRunIsForgotten() throws SQLException {
        heartbeat.beat(connection, FIRST);
        heartbeat.returned(markers().get(0));
        assertThat(heartbeat.held()).isSameAs(FIRST);
        heartbeat.begin();
        assertThat(heartbeat.held()).isNull();
    }

    /** The content of each message, after its kind, flags, position, prefix and length. */
    private List<String> markers() throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT convert_from(substring(data FROM 23), 'UTF8')"
                        + " FROM pg_logical_slot_get_binary_changes('beat', NULL, NULL, 'proto_version', '1',"
                        + " 'publication_names', 'beat', 'messages', 'true') WHERE get_byte(data, 0) = ascii('M')")) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    /** The pause is a third of the age that readers accept, at least the fastest heartbeat and at most the interval. */
    @Test
    void markersAreWrittenAsOftenAsReadersWantIt() throws Exception {
        assertThat(paceFor(Duration.ofMillis(600))).isEqualTo(Duration.ofMillis(200));
        assertThat(paceFor(Duration.ofMillis(1))).isEqualTo(Duration.ofMillis(50));
        assertThat(paceFor(Duration.ofHours(1))).isEqualTo(Duration.ofSeconds(1));
        assertThat(paceFor(null)).isEqualTo(Duration.ofSeconds(1));
        assertThat(paceFor(Duration.ofMillis(1), Duration.ofMillis(400))).isEqualTo(Duration.ofMillis(400));
        assertThat(paceFor(Duration.ofMillis(1), Duration.ofMinutes(1))).isEqualTo(Duration.ofSeconds(1));
    }

    /** While one is under way for long, for example behind a large transaction, more of them would prove nothing. */
    @Test
    void whatReadersWantDoesNotMakeMarkersQueue() throws Exception {
        var paced = new Heartbeat(Clock.systemUTC(), () -> 0, Duration.ofSeconds(1), FASTEST);
        paced.begin();
        paced.beat(connection, wanting(Duration.ofMillis(600)));
        assertThat(paced.untilDue()).isEqualTo(Duration.ofSeconds(1));
    }

    private Duration paceFor(Duration wanted) throws Exception {
        return paceFor(wanted, FASTEST);
    }

    private Duration paceFor(Duration wanted, Duration fastest) throws Exception {
        var paced = new Heartbeat(Clock.systemUTC(), () -> 0, Duration.ofSeconds(1), fastest);
        paced.begin();
        paced.beat(connection, wanting(wanted));
        var all = markers();
        paced.returned(all.get(all.size() - 1));
        return paced.untilDue();
    }

    private static Masters wanting(Duration age) {
        var standing = new Standing(Optional.empty(), null, 0, null, null, age);
        return new Masters(List.of(
                new Master("ctx:~position", "run:replication", 1, Optional.empty(), Optional.empty(), null, standing)));
    }

    private static Masters masters(long micros) {
        return new Masters(List.of(
                new Master("ctx:~position", "run:replication", micros, Optional.empty(), Optional.empty(), null)));
    }
}
