// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * A fleet of processes that read through cache-client, as instances of an application do. The harness asks on standard input and is
 * answered on standard output, a line each; it alone judges the answers. Requests:
 *
 * <pre>{@code
 * read <reader> <level> <kind of view> <level of row> <id>
 * hold                  the next load that has the lease of its entry waits
 * release               it waits no more
 * stampede <readers>    so many readers get ready to read one key
 * go                    they read it
 * }</pre>
 *
 * and what comes back:
 *
 * <pre>{@code
 * ready                                                  it is connected
 * answered <reader> <start> <end> <status> <position> <value>
 * failed <reader> <why>                                  the read got no answer
 * broken <reader> <why>                                  the harness itself failed
 * holding                                                a load waits, with its lease
 * poised                                                 all readers of the stampede are ready
 * stampeded <loads> <failures>                           all of them are done
 * }</pre>
 */
package dev.freshet.lab.race.fleet;
