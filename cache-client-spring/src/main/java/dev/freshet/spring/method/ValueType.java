// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.method;

import dev.freshet.spring.FreshetSetupException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * The type of a method's values, which decides how they are read again.
 *
 * @param isOptional whether the method wraps them in an {@code Optional}
 */
record ValueType(Type type, boolean isOptional) {
    /** @throws FreshetSetupException if no value of this type could be read again as what it was */
    static ValueType of(Method method, Class<?> targetClass, String where) {
        var returned = ResolvableType.forMethodReturnType(method, targetClass);
        boolean optional = returned.toClass() == Optional.class;
        var value = optional ? returned.getGeneric(0) : returned;
        var type = value.toClass();
        if (type == void.class || type == Void.class) {
            throw new FreshetSetupException(
                    where + " answers nothing that could be cached.", "Remove @Cacheable from it.");
        }
        if (isLater(type)) {
            throw new FreshetSetupException(
                    where + " answers a " + type.getSimpleName()
                            + ": a value that comes later, in another thread, whose"
                            + " look at the database cannot be tied to the entry.",
                    "Let the @Cacheable method answer the value itself, or read with cache-client's getAsync, or with"
                            + " cache-client-reactor, which do this.");
        }
        if (type == Object.class || value.hasUnresolvableGenerics()) {
            throw new FreshetSetupException(
                    where + " answers " + returned
                            + ", which does not tell the type of its values: they could not be read"
                            + " from JSON as what they were.",
                    "Declare the type, such as List<Product>.");
        }
        return new ValueType(typeOf(value), optional);
    }

    private static boolean isLater(Class<?> type) {
        return CompletionStage.class.isAssignableFrom(type)
                || Future.class.isAssignableFrom(type)
                || BaseStream.class.isAssignableFrom(type)
                || Iterator.class.isAssignableFrom(type)
                || type.getName().equals("org.reactivestreams.Publisher")
                || ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null;
    }

    /** With the variables of generic classes replaced by what they stand for here. */
    private static Type typeOf(ResolvableType type) {
        var raw = ClassUtils.resolvePrimitiveIfNecessary(type.toClass());
        if (!type.hasGenerics()) {
            return raw;
        }
        var generics = Arrays.stream(type.getGenerics())
                .map(generic -> ResolvableType.forType(typeOf(generic)))
                .toArray(ResolvableType[]::new);
        return ResolvableType.forClassWithGenerics(raw, generics).getType();
    }
}
