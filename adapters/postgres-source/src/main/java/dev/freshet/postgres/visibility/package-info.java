// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Checks which transactions new snapshots see. */
package dev.freshet.postgres.visibility;
