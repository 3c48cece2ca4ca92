// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Decides whether an entry is stale: first which rows make it suspicious, then whether a suspicion is proof. Pure. */
package dev.freshet.audit.verdict;
