// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** What operators see: liveness, readiness, metrics, and the log of requests. */
package dev.freshet.support.http.operations;
