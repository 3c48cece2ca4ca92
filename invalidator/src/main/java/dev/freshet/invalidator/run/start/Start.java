// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.start;

import dev.freshet.core.pipeline.StartPoint;
import dev.freshet.protocol.Contract;

/**
 * From where a stream is read, once nothing stands in the way.
 *
 * @param contract what readers are promised, by the tables as they were at the start
 */
public record Start(StartPoint point, Contract contract) {}
