// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** A package has few top-level types. */
final class PackageSize extends ArchCondition<JavaClass> {
    private final House house;
    private final int most;
    private final Map<String, TreeSet<String>> types = new TreeMap<>();

    PackageSize(House house, int most) {
        super("be in a package of at most " + most + " types");
        this.house = house;
        this.most = most;
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        if (type.isTopLevelClass() && !type.getSimpleName().equals("package-info")) {
            types.computeIfAbsent(type.getPackageName(), name -> new TreeSet<>())
                    .add(type.getName());
        }
    }

    @Override
    public void finish(ConditionEvents events) {
        types.forEach((name, found) -> {
            int allowed = house.most(name, most);
            if (found.size() > allowed) {
                events.add(SimpleConditionEvent.violated(
                        name, name + " has " + found.size() + " types, more than " + allowed + ": " + found));
            }
        });
        types.clear();
    }
}
