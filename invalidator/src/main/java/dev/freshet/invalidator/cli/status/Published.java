// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.status;

import dev.freshet.core.cache.Masters;
import dev.freshet.core.cache.Owner;
import dev.freshet.core.cache.Position;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What stands in Redis beside the cached entries.
 *
 * @param masters how many masters were asked
 * @param owners of the namespace; more than one if masters disagree
 * @param process that published last, or null
 * @param position the lowest of all masters; empty if one has none
 * @param here whether each master has its own position, rather than one of a former master
 */
record Published(int masters, List<Owner> owners, String process, Optional<Position> position, boolean here) {
    static Published of(Masters masters) {
        return new Published(
                masters.all().size(),
                masters.owners(),
                masters.all().stream()
                        .map(master -> master.standing().process())
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null),
                masters.position(),
                masters.publishedHere());
    }
}
