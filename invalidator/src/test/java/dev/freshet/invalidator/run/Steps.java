// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Writes down the steps of a run, and has something happen before or after one of them. */
final class Steps {
    /** Whether something happens instead of a step, or right after it. */
    enum Moment {
        BEFORE,
        AFTER
    }

    /** Happens once, at the first step that begins like this and at which nothing else happens. */
    private static final class Event {
        private final Moment moment;
        private final String step;
        private final Runnable event;
        private boolean happened;

        private Event(Moment moment, String step, Runnable event) {
            this.moment = moment;
            this.step = step;
            this.event = event;
        }
    }

    private final List<String> all = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();

    /** @param step how the step begins */
    void at(Moment moment, String step, Runnable event) {
        events.add(new Event(moment, step, event));
    }

    <T> T step(String name, Supplier<T> work) {
        all.add(name);
        happen(Moment.BEFORE, name);
        T result = work.get();
        happen(Moment.AFTER, name);
        return result;
    }

    void step(String name) {
        step(name, () -> null);
    }

    private void happen(Moment moment, String name) {
        for (Event one : List.copyOf(events)) {
            if (!one.happened && one.moment == moment && name.startsWith(one.step)) {
                one.happened = true;
                one.event.run();
                return;
            }
        }
    }

    /** Whether everything that was to happen has. */
    boolean allHappened() {
        return events.stream().allMatch(event -> event.happened);
    }

    List<String> all() {
        return List.copyOf(all);
    }

    void clear() {
        all.clear();
    }
}
