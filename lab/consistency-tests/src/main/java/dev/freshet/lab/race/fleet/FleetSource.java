// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.fleet;

import dev.freshet.lab.race.source.Answer;
import dev.freshet.lab.race.source.ReadFailedException;
import dev.freshet.lab.race.source.RequestedConsistency;
import dev.freshet.lab.race.source.ViewSource;
import dev.freshet.lab.race.world.View;

/**
 * Reads through a process of the fleet. While that is down, no read is answered.
 *
 * @param reader number of who reads, unique for the process
 */
public record FleetSource(FleetProcess process, int reader) implements ViewSource {
    @Override
    public Answer read(View view, RequestedConsistency requested) throws ReadFailedException, InterruptedException {
        return process.read(new ReadRequest(reader, view, requested));
    }

    @Override
    public void close() {
        // The process goes on for the others.
    }
}
