// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.store;

import java.util.Map;

/** The response to a request, in a form that can be kept and sent again. */
public record Answer(int status, Map<String, String> headers, String body) {}
