// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.architecture.violating.writer.store;

import io.javalin.http.Context;

public class AnswersHttp {
    Context request;
}
