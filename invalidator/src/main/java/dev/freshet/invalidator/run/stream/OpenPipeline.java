// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.stream;

import dev.freshet.core.pipeline.ChangePipeline;
import dev.freshet.core.pipeline.Publisher;

/** The pipeline of one stream, and its last step. */
record OpenPipeline(ChangePipeline pipeline, Publisher publisher) {}
