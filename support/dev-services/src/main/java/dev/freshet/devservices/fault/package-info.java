// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** Faults for tests: a proxy that breaks and holds connections, and a server that is not the expected one. */
package dev.freshet.devservices.fault;
