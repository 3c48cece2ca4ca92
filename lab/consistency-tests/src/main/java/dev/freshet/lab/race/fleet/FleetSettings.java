// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.fleet;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.lab.race.source.RaceCaches;
import java.nio.file.Path;

/**
 * What a fleet needs.
 *
 * @param processes how many; 0 for none
 * @param folder for the processes' logs
 * @param database for loads
 * @param caches that the processes use
 * @param keys minimum number of tasks, as in the rest of the run
 * @param seed of the pauses between load and fill
 */
public record FleetSettings(
        int processes, Path folder, TestDatabase database, RaceCaches caches, int keys, long seed) {}
