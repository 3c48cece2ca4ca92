// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Conventional caches, which run beside Freshet and which the harness must see to be wrong. */
package dev.freshet.lab.race.baseline;
