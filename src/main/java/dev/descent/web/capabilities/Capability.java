package dev.descent.web.capabilities;

import dev.descent.core.Formula;
import dev.descent.web.json.Constants;
import dev.descent.web.json.Family;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One variant that a request may name.
@Schema(description = "One variant that a request may name")
record Capability(
        @Schema(description = "What a request calls it", example = "leakyRelu")
        String type,

        @Schema(description = "What it computes, in terms of its parameters", example = "max(z, 0) + slope min(z, 0)")
        String formula,

        @Schema(description = "The paper, book or library that defines it; null for what needs none") @Nullable
        String source,

        List<CapabilityParameter> parameters) {

    /// Every variant of a family, in the order in which it declares them.
    static List<Capability> of(Class<?> family) {
        return Family.of(family)
                .orElseThrow(() -> new IllegalArgumentException(family + " is no family of records"))
                .variants()
                .values()
                .stream()
                .map(Capability::ofRecord)
                .toList();
    }

    static Capability ofRecord(Class<? extends Record> variant) {
        return from(Family.nameOf(variant), variant.getAnnotation(Formula.class), CapabilityParameter.of(variant));
    }

    /// Every constant of an enum.
    static List<Capability> ofConstants(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> from(Constants.nameOf(constant), formula(type, constant), List.of()))
                .toList();
    }

    private static @Nullable Formula formula(Class<?> type, Enum<?> constant) {
        try {
            return type.getField(constant.name()).getAnnotation(Formula.class);
        } catch (NoSuchFieldException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static Capability from(String type, @Nullable Formula formula, List<CapabilityParameter> parameters) {
        if (formula == null) {
            throw new IllegalStateException(type + " has no @Formula");
        }
        return new Capability(type, formula.value(), formula.source().isEmpty() ? null : formula.source(), parameters);
    }
}
