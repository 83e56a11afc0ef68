package dev.descent.web.json;

import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.ConverterFactory;

/// Reads enums in query parameters by the names that they have in JSON.
final class ConstantParameters implements ConverterFactory<String, Enum<?>> {

    @Override
    public <T extends Enum<?>> Converter<String, T> getConverter(Class<T> type) {
        return name -> {
            Enum<?> constant = Constants.constant(type, name);
            if (constant == null) {
                throw new IllegalArgumentException(name + " is none of " + Constants.namesOf(type));
            }
            return type.cast(constant);
        };
    }
}
