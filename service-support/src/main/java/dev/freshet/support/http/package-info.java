// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** HTTP for the services: tokens, problems, health, metrics, and the lifecycle of the server. */
package dev.freshet.support.http;
