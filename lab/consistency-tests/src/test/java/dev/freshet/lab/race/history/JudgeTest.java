// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The judge must flag every kind of wrong answer, and no right one: else the harness proves nothing. */
class JudgeTest {
    private final SampleHistory past = new SampleHistory();
    private final Judge judge = new Judge();

    private Verdict read(long started, long ended, Demand demand, Observation... shown) {
        return judge.judge(new Reading(started, ended, demand, List.of(shown)));
    }

    /** Null if the answer is right. */
    private Violation violation(long started, long ended, Demand demand, Observation... shown) {
        return read(started, ended, demand, shown).violation();
    }

    private static Observation at(Row row, long version) {
        return Observation.shown(row, null, version);
    }

    @Test
    void theNewestWriteIsRight() {
        var write = past.update(10, 20, past.project);
        assertThat(violation(30, 31, Demand.acknowledgedBefore(30), at(past.project, write.version())))
                .isNull();
    }

    @Test
    void anOlderOneThanDemandedByTimeIsStale() {
        past.update(10, 20, past.project);
        var verdict = read(30, 31, Demand.acknowledgedBefore(30), at(past.project, 1));
        assertThat(verdict.violation()).isEqualTo(Violation.STALE);
        assertThat(verdict.explanation()).contains("update 2");
        assertThat(verdict.age()).isEqualTo(10);
    }

    @Test
    void whatWasAcknowledgedOnlyAfterTheBoundMayBeMissing() {
        past.update(10, 20, past.project);
        var verdict = read(30, 31, Demand.acknowledgedBefore(15), at(past.project, 1));
        assertThat(verdict.isWrong()).isFalse();
        assertThat(verdict.age()).as("missed all the same").isEqualTo(10);
    }

    @Test
    void anOlderOneThanDemandedByPositionIsStale() {
        past.update(10, 20, past.project);
        past.update(21, 25, past.project);
        assertThat(violation(30, 31, Demand.upTo(20), at(past.project, 1))).isEqualTo(Violation.STALE);
        assertThat(violation(30, 31, Demand.upTo(20), at(past.project, 2))).isNull();
        assertThat(violation(30, 31, Demand.upTo(19), at(past.project, 1))).isNull();
    }

    @Test
    void whatIsLoadedNeedNotShowACommitThatNobodyCanSeeYet() {
        var write = past.begun(10, past.project);
        write.committed(40, 20);
        assertThat(violation(30, 31, Demand.upToAndAcknowledgedBefore(20, 30), at(past.project, 1)))
                .isNull();
        assertThat(violation(45, 46, Demand.upToAndAcknowledgedBefore(20, 45), at(past.project, 1)))
                .isEqualTo(Violation.STALE);
        assertThat(violation(45, 46, Demand.upToAndAcknowledgedBefore(19, 45), at(past.project, 1)))
                .isNull();
    }

    @Test
    void positionsAreComparedWithoutSign() {
        past.update(10, 20, past.project);
        assertThat(violation(30, 31, Demand.upTo(-1), at(past.project, 1))).isEqualTo(Violation.STALE);
    }

    @Test
    void aWriteOnItsWayMayShowAndNeedNot() {
        past.begun(10, past.project);
        assertThat(violation(30, 31, Demand.acknowledgedBefore(30), at(past.project, 1)))
                .isNull();
        assertThat(violation(30, 31, Demand.acknowledgedBefore(30), at(past.project, 2)))
                .isNull();
    }

    @Test
    void aRolledBackWriteMustNotShow() {
        past.begun(10, past.project).rolledBack();
        assertThat(violation(30, 31, Demand.NOTHING, at(past.project, 2))).isEqualTo(Violation.UNKNOWN);
        assertThat(violation(30, 31, Demand.acknowledgedBefore(30), at(past.project, 1)))
                .isNull();
    }

    @Test
    void whatNobodyWroteIsNoticed() {
        assertThat(violation(30, 31, Demand.NOTHING, at(past.project, 77))).isEqualTo(Violation.UNKNOWN);
    }

    @Test
    void aWriteBegunAfterTheAnswerIsNoticed() {
        past.update(40, 50, past.project);
        assertThat(violation(30, 31, Demand.NOTHING, at(past.project, 2))).isEqualTo(Violation.UNKNOWN);
    }

    @Test
    void aDeletedRowThatShowsIsResurrected() {
        past.delete(10, 20, past.branch);
        assertThat(violation(30, 31, Demand.acknowledgedBefore(30), at(past.branch, 1)))
                .isEqualTo(Violation.RESURRECTED);
        assertThat(violation(30, 31, Demand.acknowledgedBefore(30), Observation.missing(past.branch)))
                .isNull();
    }

    @Test
    void aStateFromBeforeItWasDeletedAndMadeAgainIsResurrectedToo() {
        past.delete(10, 20, past.branch);
        past.insert(21, 25, past.branch, past.project);
        assertThat(violation(30, 31, Demand.acknowledgedBefore(30), at(past.branch, 1)))
                .isEqualTo(Violation.RESURRECTED);
    }

    @Test
    void aRowThatWasMadeAgainMustNotStayMissing() {
        past.delete(10, 20, past.branch);
        past.insert(21, 25, past.branch, past.project);
        assertThat(violation(30, 31, Demand.acknowledgedBefore(30), Observation.missing(past.branch)))
                .isEqualTo(Violation.VANISHED);
        assertThat(violation(24, 31, Demand.acknowledgedBefore(24), Observation.missing(past.branch)))
                .isNull();
    }

    @Test
    void aRowThatAlwaysExistedMustNotBeMissing() {
        assertThat(violation(30, 31, Demand.NOTHING, Observation.missing(past.branch)))
                .isEqualTo(Violation.UNKNOWN);
    }

    @Test
    void theParentBelongsToTheVersion() {
        var move = past.move(10, 20, past.branch, past.otherProject);
        assertThat(violation(30, 31, Demand.NOTHING, Observation.shown(past.branch, past.project, move.version())))
                .isEqualTo(Violation.UNKNOWN);
        assertThat(violation(30, 31, Demand.NOTHING, Observation.shown(past.branch, past.otherProject, move.version())))
                .isNull();
    }

    @Test
    void halfATransactionIsTorn() {
        var both = past.update(10, 20, past.project, past.branch);
        var verdict = read(15, 16, Demand.NOTHING, at(past.project, both.version()), at(past.branch, 1));
        assertThat(verdict.violation()).isEqualTo(Violation.TORN);
        assertThat(violation(15, 16, Demand.NOTHING, at(past.project, 1), at(past.branch, both.version())))
                .isEqualTo(Violation.TORN);
    }

    @Test
    void allOrNothingOfATransactionIsRight() {
        var both = past.update(10, 20, past.project, past.branch);
        assertThat(violation(15, 16, Demand.NOTHING, at(past.project, both.version()), at(past.branch, both.version())))
                .isNull();
        assertThat(violation(15, 16, Demand.NOTHING, at(past.project, 1), at(past.branch, 1)))
                .isNull();
    }

    @Test
    void halfATransactionIsTornThoughOneRowIsNewerStill() {
        past.begun(10, past.project, past.branch).committed(12, 12);
        var later = past.begun(13, past.project);
        assertThat(violation(15, 16, Demand.NOTHING, at(past.project, later.version()), at(past.branch, 1)))
                .isEqualTo(Violation.TORN);
    }

    @Test
    void rowsOfTwoMomentsAreTorn() {
        past.update(10, 20, past.branch);
        var later = past.update(21, 25, past.project);
        assertThat(violation(30, 31, Demand.NOTHING, at(past.project, later.version()), at(past.branch, 1)))
                .isEqualTo(Violation.TORN);
    }

    @Test
    void writesSideBySideMayShowInAnyCombination() {
        past.update(10, 20, past.branch);
        var other = past.update(15, 25, past.project);
        assertThat(violation(30, 31, Demand.NOTHING, at(past.project, other.version()), at(past.branch, 1)))
                .isNull();
    }

    @Test
    void aSessionDoesNotGoBack() {
        var session = past.session();
        past.update(10, 20, past.project);
        var newer = new Reading(30, 31, Demand.NOTHING, List.of(at(past.project, 2)));
        var older = new Reading(32, 33, Demand.NOTHING, List.of(at(past.project, 1)));
        assertThat(judge.judge(newer, session, true).isWrong()).isFalse();
        assertThat(judge.judge(older, session, true).violation()).isEqualTo(Violation.BACKWARDS);
        assertThat(judge.judge(older, session, false).isWrong())
                .as("at a level that promises nothing of the kind")
                .isFalse();
        session.restart();
        assertThat(judge.judge(older, session, true).isWrong()).isFalse();
    }

    @Test
    void anOlderAnswerAtAnotherLevelDoesNotLowerWhatASessionHasSeen() {
        var session = past.session();
        past.update(10, 20, past.project);
        judge.judge(new Reading(30, 31, Demand.NOTHING, List.of(at(past.project, 2))), session, true);
        var older = new Reading(32, 33, Demand.NOTHING, List.of(at(past.project, 1)));
        judge.judge(older, session, false);
        assertThat(judge.judge(older, session, true).violation()).isEqualTo(Violation.BACKWARDS);
    }

    @Test
    void aRowThatIsAsItWasBeforeIsNotOld() {
        past.delete(10, 20, past.branch);
        past.insert(21, 25, past.branch, past.project);
        var verdict = read(30, 31, Demand.NOTHING, Observation.exists(past.branch));
        assertThat(verdict.isWrong()).isFalse();
        assertThat(verdict.age()).isZero();
    }

    @Test
    void aListShowsWhoIsBelowAndHowTheyAreNamed() {
        past.update(10, 20, past.branch);
        var demand = Demand.acknowledgedBefore(30);
        assertThat(violation(
                        30,
                        31,
                        demand,
                        Observation.exists(past.project),
                        Observation.named(past.branch, past.project, 1)))
                .as("an update that names nothing does not show in lists")
                .isNull();
        past.rename(21, 25, past.branch);
        assertThat(violation(
                        30,
                        31,
                        demand,
                        Observation.exists(past.project),
                        Observation.named(past.branch, past.project, 1)))
                .isEqualTo(Violation.STALE);
    }

    @Test
    void aListMustShowWhoCameAndNotWhoLeft() {
        past.move(10, 20, past.branch, past.otherProject);
        var demand = Demand.acknowledgedBefore(30);
        assertThat(violation(30, 31, demand, Observation.named(past.branch, past.project, 1)))
                .isEqualTo(Violation.STALE);
        assertThat(violation(30, 31, demand, Observation.elsewhere(past.branch, past.otherProject)))
                .isEqualTo(Violation.STALE);
        assertThat(violation(30, 31, demand, Observation.elsewhere(past.branch, past.project)))
                .isNull();
    }

    @Test
    void aBaselineOwesWhatItHasInvalidated() {
        var write = past.update(10, 20, past.project);
        var demand = Demand.invalidatedBefore(Protocol.CACHE_ASIDE, 40);
        assertThat(violation(40, 41, demand, at(past.project, 1))).isNull();
        write.invalidated(Protocol.CACHE_ASIDE, 35);
        assertThat(violation(40, 41, demand, at(past.project, 1))).isEqualTo(Violation.STALE);
        assertThat(violation(40, 41, Demand.invalidatedBefore(Protocol.LEASE_ONLY, 40), at(past.project, 1)))
                .as("the other baseline's affair")
                .isNull();
    }

    @Test
    void aBaselineOwesNothingThatNobodyCanSeeYet() {
        var write = past.begun(10, past.project);
        write.invalidated(Protocol.LEASE_ONLY, 15);
        var demand = Demand.invalidatedBefore(Protocol.LEASE_ONLY, 40);
        assertThat(violation(40, 41, demand, at(past.project, 1))).isNull();
        write.committed(30, 30);
        assertThat(violation(40, 41, demand, at(past.project, 1))).isEqualTo(Violation.STALE);
    }
}
