// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The OpenAPI document of a service, and requests for what it does not list. */
package dev.freshet.support.http.openapi;
