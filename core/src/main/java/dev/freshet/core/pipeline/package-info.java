// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The protocol's steps in their order: {@link dev.freshet.core.pipeline.ChangePipeline}. Its collaborators are passed
 * in as {@link dev.freshet.core.pipeline.Ports}.
 */
package dev.freshet.core.pipeline;
