// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The rows that planning works on: what a transaction changed in each, and where rows are found, as they are now and as
 * they were before.
 */
package dev.freshet.core.plan.rows;
