// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** A task at work: its servers, its patience, its meters. */
package dev.freshet.sink.run;
