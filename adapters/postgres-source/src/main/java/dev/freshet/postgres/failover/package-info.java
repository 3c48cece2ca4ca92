// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Whether the slot survives the promotion of a standby. Only asks; a run does not depend on it. */
package dev.freshet.postgres.failover;
