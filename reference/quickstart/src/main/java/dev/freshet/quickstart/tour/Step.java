// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.tour;

/** One part of the tour. */
interface Step {
    String title();

    void run(Tour tour, Hierarchy hierarchy);
}
