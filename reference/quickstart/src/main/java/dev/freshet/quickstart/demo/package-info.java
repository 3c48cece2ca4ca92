// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The running demo and its clients: the API, plain SQL, the events of Redis, and what the invalidator reports. */
package dev.freshet.quickstart.demo;
