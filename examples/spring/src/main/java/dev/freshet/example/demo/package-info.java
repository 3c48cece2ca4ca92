// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** Starts both services with their servers, and lets them race. */
package dev.freshet.example.demo;
