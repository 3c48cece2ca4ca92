// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

/**
 * What warming may cost.
 *
 * @param loadsPerSecond most loads a second, in this process
 * @param concurrent most loads at a time, in this process
 * @param hotReads lately so many reads make a key hot
 * @param keys most hot keys that are remembered
 */
record WarmingSettings(int loadsPerSecond, int concurrent, int hotReads, int keys) {}
