// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** Reads values that Freshet keeps coherent with PostgreSQL, through Redis. */

export { Cache, type Loader, type Options } from "./cache.js";
export { EVENTUAL, LEAST_MAX_AGE, type Level, STRONG, bounded, session } from "./level.js";
export { type Database, Loaded } from "./loaded.js";
export { type Id, type IdPart, type Key, type Owner, SHARED, children, inherited, row } from "./names.js";
export { ForeignPositionError, WalPosition } from "./position.js";
export { Result, type Status } from "./result.js";
export { type Log, type Redis, type Send } from "./store.js";
