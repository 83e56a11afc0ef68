package dev.descent.web.json;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.descent.core.nn.LayerWeights;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.Deserializers;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.Serializers;

/// Teaches Jackson the records, families and enums of ours, which carry none of its annotations.
final class SpecModule extends SimpleModule {

    private final transient Bindings bindings = new Bindings();

    SpecModule() {
        super("descent-specs");
        setMixInAnnotation(LayerWeights.class, LayerWeightsForm.class);
    }

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.addDeserializers(new Readers());
        context.addSerializers(new Writers());
    }

    private final class Readers extends Deserializers.Base {

        @Override
        public @Nullable ValueDeserializer<?> findBeanDeserializer(
                JavaType type, DeserializationConfig config, BeanDescription.Supplier description) {
            return reader(type.getRawClass());
        }

        @Override
        public @Nullable ValueDeserializer<?> findEnumDeserializer(
                JavaType type, DeserializationConfig config, BeanDescription.Supplier description) {
            return reader(type.getRawClass());
        }

        @Override
        public boolean hasDeserializerFor(DeserializationConfig config, Class<?> type) {
            return bindings.of(type).isPresent();
        }

        private @Nullable ValueDeserializer<?> reader(Class<?> type) {
            return bindings.of(type).<ValueDeserializer<?>>map(BoundReader::new).orElse(null);
        }
    }

    private static final class Writers extends Serializers.Base {

        @Override
        public @Nullable ValueSerializer<?> findSerializer(
                SerializationConfig config,
                JavaType type,
                BeanDescription.Supplier description,
                JsonFormat.@Nullable Value format) {
            Class<?> raw = type.getRawClass();
            return raw.isRecord() && Family.containing(raw).isPresent() ? new VariantWriter(raw) : null;
        }

        @Override
        public @Nullable ValueSerializer<?> findEnumSerializer(
                SerializationConfig config,
                JavaType type,
                BeanDescription.Supplier description,
                JsonFormat.@Nullable Value format) {
            return Constants.ofCore(type.getRawClass()) ? new ConstantWriter() : null;
        }
    }
}
