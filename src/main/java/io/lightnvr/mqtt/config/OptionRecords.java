package io.lightnvr.mqtt.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads the options off the components of {@link Configuration}, and fills its records with their values. */
final class OptionRecords {

    private OptionRecords() {}

    /** The options in the order of the components. */
    static Stream<Option> options() {
        return options(Configuration.class, "");
    }

    /**
     * The configuration with the values of its options. A section lacks a value for an option that needs one only if it
     * is an {@link Optional} section, which is then absent.
     */
    static Configuration fill(Function<Option, Optional<?>> values) {
        return fill(Configuration.class, "", values).orElseThrow();
    }

    /** The values of all options of a configuration, by key, in the order of the components; {@code off} for those that are switched off. */
    static Map<String, Object> values(Configuration configuration) {
        Map<String, Object> values = new LinkedHashMap<>();
        visit(configuration, "", (key, component, value) -> values.put(key, isOff(component, value) ? "off" : value));
        return values;
    }

    /** A configuration with other values of some options, which are given as in a file. */
    static Configuration with(Configuration configuration, Map<String, String> options) throws ConfigurationException {
        Map<String, Object> values = new LinkedHashMap<>();
        visit(configuration, "", (key, component, value) -> values.put(key, value));
        List<Problem> problems = new ArrayList<>();
        options.forEach((key, text) -> Option.of(key)
                .rule()
                .read(key, new Node.Scalar(text), problems::add)
                .ifPresent(value -> values.put(key, value)));
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return fill(option -> {
            Object value = values.get(option.key());
            return value instanceof Optional<?> optional ? optional : Optional.ofNullable(value);
        });
    }

    private static void visit(Record section, String prefix, Visitor visitor) {
        for (RecordComponent component : section.getClass().getRecordComponents()) {
            Object value = value(section, component);
            String key = prefix + name(component);
            if (!isSection(component)) {
                visitor.value(key, component, value);
            } else if (value instanceof Record inner) {
                visit(inner, key + ".", visitor);
            } else if (value instanceof Optional<?> optional) {
                optional.ifPresent(inner -> visit((Record) inner, key + ".", visitor));
            }
        }
    }

    private interface Visitor {
        void value(String key, RecordComponent component, Object value);
    }

    private static boolean isOff(RecordComponent component, Object value) {
        Configuration.Range range = component.getAnnotation(Configuration.Range.class);
        return range != null && range.orOff() && (value.equals(0) || value.equals(Duration.ZERO));
    }

    private static Object value(Record section, RecordComponent component) {
        try {
            return component.getAccessor().invoke(section);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The value of " + component.getName() + " cannot be read", e);
        }
    }

    private static Stream<Option> options(Class<?> type, String section) {
        return Arrays.stream(type.getRecordComponents())
                .flatMap(component -> isSection(component)
                        ? options(valueType(component), name(component))
                        : Stream.of(option(section, component)));
    }

    private static Option option(String section, RecordComponent component) {
        return new Option(
                section,
                name(component),
                rule(valueType(component), component),
                Optional.ofNullable(component.getAnnotation(Configuration.DefaultValue.class))
                        .map(Configuration.DefaultValue::value));
    }

    private static Rule<?> rule(Class<?> type, RecordComponent component) {
        Configuration.Format format = component.getAnnotation(Configuration.Format.class);
        if (format != null) {
            return type == Secret.class
                    ? format.value().secret()
                    : format.value().rule();
        }
        Configuration.Range range = component.getAnnotation(Configuration.Range.class);
        return range == null ? ValueRules.of(type) : ValueRules.of(type, range);
    }

    private static <T> Optional<T> fill(Class<T> type, String section, Function<Option, Optional<?>> values) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] arguments = Arrays.stream(components)
                .map(component -> argument(section, component, values))
                .toArray();
        if (Arrays.asList(arguments).contains(null)) {
            return Optional.empty();
        }
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return Optional.of(type.getDeclaredConstructor(types).newInstance(arguments));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The values do not fit into " + type.getSimpleName(), e);
        }
    }

    private static Object argument(String section, RecordComponent component, Function<Option, Optional<?>> values) {
        Optional<?> value = isSection(component)
                ? fill(valueType(component), name(component), values)
                : values.apply(Option.find(section, name(component)).orElseThrow());
        Class<?> type = component.getType();
        if (type == Optional.class || value.isPresent()) {
            return type == Optional.class ? value : value.get();
        }
        return type == Set.class ? Set.of() : type == Map.class ? Map.of() : null;
    }

    private static boolean isSection(RecordComponent component) {
        return valueType(component).isRecord() && valueType(component) != Secret.class;
    }

    private static Class<?> valueType(RecordComponent component) {
        return component.getType() == Optional.class
                ? (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0]
                : component.getType();
    }

    /** {@code tlsCaFile} becomes {@code tls_ca_file}. */
    private static String name(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
