// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Reloading the mapping while the invalidator runs: what is read, checked, told and handed over. */
package dev.freshet.invalidator.reload;
