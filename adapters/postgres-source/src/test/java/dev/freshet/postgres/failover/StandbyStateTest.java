// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.freshet.model.finding.DatabaseCode;
import dev.freshet.model.finding.Finding;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StandbyStateTest {
    @Test
    void aStandbyWithACopyOfTheSlotLacksNothing() {
        assertThat(new StandbyState("db2:5432", "logical", "off", "off", "", Optional.of(false), true).findings("fo"))
                .isEmpty();
    }

    @Test
    void eachSettingThatPreventsACopyIsNamedWithItsStatement() {
        assertThat(new StandbyState("db2:5432", "replica", "off", "off", "", Optional.of(false), false).findings("fo"))
                .extracting(
                        Finding::code,
                        finding -> finding.place().name(),
                        finding -> finding.remedy().size())
                .containsExactly(
                        tuple(DatabaseCode.STANDBY_SETTING, "wal_level", 1),
                        tuple(DatabaseCode.STANDBY_SETTING, "sync_replication_slots", 2),
                        tuple(DatabaseCode.STANDBY_SETTING, "hot_standby_feedback", 2),
                        tuple(DatabaseCode.STANDBY_SETTING, "primary_slot_name", 3),
                        tuple(DatabaseCode.STANDBY_SETTING, "primary_conninfo", 0),
                        tuple(DatabaseCode.NOT_SYNCHRONIZED, "db2:5432", 0));
    }

    @Test
    void whatMayNotBeReadIsNotFound() {
        assertThat(new StandbyState("db2:5432", "logical", "on", "on", "s", Optional.empty(), false).findings("fo"))
                .extracting(Finding::code)
                .containsExactly(DatabaseCode.NOT_SYNCHRONIZED);
    }

    @Test
    void aDatabaseIsFoundInEveryFormOfTheAddress() {
        assertThat(StandbyState.namesDatabase("host=db1 dbname=app user=r")).isTrue();
        assertThat(StandbyState.namesDatabase("dbname = app")).isTrue();
        assertThat(StandbyState.namesDatabase("service=primary")).isTrue();
        assertThat(StandbyState.namesDatabase("postgresql://r@db1:5432/app")).isTrue();
        assertThat(StandbyState.namesDatabase("postgresql://r@db1:5432/?dbname=app"))
                .isTrue();
        assertThat(StandbyState.namesDatabase("host=db1 user=r password=x_dbname"))
                .isFalse();
        assertThat(StandbyState.namesDatabase("postgresql://r@db1:5432/")).isFalse();
    }
}
