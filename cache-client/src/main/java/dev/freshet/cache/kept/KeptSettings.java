// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.kept;

import java.time.Duration;

/**
 * What is kept for when loads fail.
 *
 * @param most how long ago a value must have been right, at most, to be an answer
 * @param bytes the most memory to use, approximately; 0 to keep nothing
 */
public record KeptSettings(Duration most, long bytes) {}
