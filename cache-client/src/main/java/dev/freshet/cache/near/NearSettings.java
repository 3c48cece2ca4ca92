// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.near;

import java.time.Duration;

/**
 * What a near cache keeps and for how long.
 *
 * @param bytes the most memory to use, approximately
 * @param ttl time to live of a value
 * @param maxAge how old a proof may be while Redis answers
 * @param outageMaxAge how old a proof may be while Redis does not answer
 * @param interval from one proof to the next
 */
public record NearSettings(long bytes, Duration ttl, Duration maxAge, Duration outageMaxAge, Duration interval) {}
