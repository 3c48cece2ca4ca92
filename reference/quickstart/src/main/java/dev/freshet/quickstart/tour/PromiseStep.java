// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.tour;

/** What holds on Kafka Connect, and what does not. */
final class PromiseStep implements Step {
    private static final String BOUNDED = "bounded; max-age=500ms";

    @Override
    public String title() {
        return "What holds on Kafka Connect";
    }

    @Override
    public void run(Tour tour, Hierarchy hierarchy) {
        var console = tour.console();
        console.prose(
                "Level eventual, and no more: once the record of a change has been worked on, no reader gets from the"
                        + " cache a value without it. Nobody is told how long that takes, because the sink publishes no position. Who"
                        + " asks for a bound or a session is answered from the database. The sidecar promises more.");
        console.prose(
                "All steps below check level eventual. That a change has been worked on is seen from outside, by a row"
                        + " that is changed after it; so times are upper bounds.");
        var path = Hierarchy.task(hierarchy.task()) + "/resolved";
        tour.demo().read(path);
        var eventual = tour.demo().read(path);
        var bounded = tour.demo().read(path, BOUNDED);
        console.fact("eventual", eventual.cache());
        console.fact("bounded", bounded.cache());
        var checks = tour.checks();
        checks.that(
                eventual.cache().equals("hit"), "a read at level eventual is answered from Redis", eventual.cache());
        checks.that(
                !bounded.cache().equals("hit"),
                "one that asks for a bound is answered from PostgreSQL",
                bounded.cache());
        checks.that(
                bounded.document().equals(eventual.document()),
                "both say the same",
                bounded.document().toString());
    }
}
