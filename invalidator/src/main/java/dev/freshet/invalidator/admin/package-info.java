// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Health, metrics, status and the last transactions over HTTP, for operators and for the guided tour. */
package dev.freshet.invalidator.admin;
