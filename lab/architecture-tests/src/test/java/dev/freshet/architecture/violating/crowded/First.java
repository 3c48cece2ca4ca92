// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.architecture.violating.crowded;

/** With the others of this file one type more than a package may have. */
public class First {}

class Second {}

class Third {}

class Fourth {}

class Fifth {}

class Sixth {}

class Seventh {}

class Eighth {}

class Ninth {}

class Tenth {}

class Eleventh {}

class Twelfth {}

class Thirteenth {}

class Fourteenth {}

class Fifteenth {}

class Sixteenth {}
