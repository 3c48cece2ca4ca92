// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.start;

import dev.freshet.core.cache.Masters;
import dev.freshet.core.source.ServerIdentity;
import dev.freshet.core.source.SlotInfo;
import dev.freshet.protocol.Contract;

/**
 * What a start has found, once the source is prepared.
 *
 * @param publication identifies the publication, as it was before the look that found nothing lacking
 * @param masters as they answered after that
 * @param contract what this run promises to readers
 */
record Findings(SlotInfo slot, ServerIdentity server, String publication, Masters masters, Contract contract) {}
