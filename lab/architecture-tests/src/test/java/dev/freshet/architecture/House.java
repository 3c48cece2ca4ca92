// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClass.Predicates;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The packages that walls stand between.
 *
 * @param root the package of all of them
 * @param exemptions of one wall
 */
record House(String root, List<Exemption> exemptions) {
    /** Freshet's own code. */
    static final House FRESHET = new House("dev.freshet", Exemption.all());

    /** A copy with the exemptions of this wall alone. */
    House of(Wall wall) {
        return new House(
                root,
                exemptions.stream()
                        .filter(exemption -> exemption.wall() == wall)
                        .toList());
    }

    House without(Exemption one) {
        return new House(
                root,
                exemptions.stream().filter(exemption -> !exemption.equals(one)).toList());
    }

    /** Patterns of these packages, which are given below the root. */
    String[] rooms(String... names) {
        return Arrays.stream(names).map(name -> root + "." + name).toArray(String[]::new);
    }

    /** Patterns of these packages, and the exempted packages. */
    String[] roomsAndExempted(String... names) {
        return Stream.concat(Arrays.stream(rooms(names)), exemptions.stream().map(Exemption::packageName))
                .toArray(String[]::new);
    }

    /** Classes in these packages of the house, or of libraries. */
    DescribedPredicate<JavaClass> in(List<String> names, String... libraries) {
        return Predicates.resideInAnyPackage(
                Stream.concat(Arrays.stream(rooms(names.toArray(String[]::new))), Arrays.stream(libraries))
                        .toArray(String[]::new));
    }

    /** The most types that a package may have. */
    int most(String packageName, int usual) {
        return exemptions.stream()
                .filter(exemption -> exemption.packageName().equals(packageName))
                .mapToInt(Exemption::most)
                .findFirst()
                .orElse(usual);
    }
}
