// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.warming;

/**
 * The limits of warming.
 *
 * @param loadsPerSecond the most loads per second in this process
 * @param concurrent the most loads at a time in this process
 * @param hotReads how many recent reads make a key hot
 * @param keys the most hot keys to remember
 */
public record WarmingSettings(int loadsPerSecond, int concurrent, int hotReads, int keys) {}
