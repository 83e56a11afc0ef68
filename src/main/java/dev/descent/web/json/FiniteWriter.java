package dev.descent.web.json;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.JsonGeneratorDelegate;

/// Writes null for a number that JSON does not have (NaN and the infinities), wherever it comes from.
final class FiniteWriter extends JsonGeneratorDelegate {

    FiniteWriter(JsonGenerator generator) {
        super(generator, false);
    }

    @Override
    public JsonGenerator writeNumber(double value) {
        return Double.isFinite(value) ? super.writeNumber(value) : super.writeNull();
    }

    @Override
    public JsonGenerator writeNumber(float value) {
        return Float.isFinite(value) ? super.writeNumber(value) : super.writeNull();
    }

    @Override
    public JsonGenerator writeArray(double[] values, int offset, int length) {
        writeStartArray(values, length);
        for (int i = offset; i < offset + length; i++) {
            writeNumber(values[i]);
        }
        return writeEndArray();
    }
}
