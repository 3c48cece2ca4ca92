// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The HTTP server of the services: its settings, its routes, its errors, and how it starts and stops. */
package dev.freshet.support.http;
