// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.load;

import java.time.Duration;

/**
 * What a cache stores and for how long.
 *
 * @param ttl time to live of a value, before jitter
 * @param absentTtl time to live of "does not exist", before jitter
 * @param ttlJitter share of the time to live by which it varies, up or down
 * @param maxValueBytes values larger than this are not stored
 */
public record FillSettings(Duration ttl, Duration absentTtl, double ttlJitter, int maxValueBytes) {}
