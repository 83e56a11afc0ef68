package dev.descent.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Network;
import dev.descent.web.json.ServiceJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class BundleFileTest {

    private static final int VERSION = 4;
    private static final int LENGTH = 16;
    private static final int DESCRIPTION = 20;

    @Test
    void modelOfTheFirstVersionIsReadAsItWasMeant() throws IOException {
        byte[] bundle = bundle();
        assertThat(little(bundle).getInt(VERSION)).isEqualTo(2);
        ModelDescription now = BundleFile.readDescription(new ByteArrayInputStream(bundle), ServiceJson.MAPPER);
        ModelDescription then =
                BundleFile.readDescription(new ByteArrayInputStream(ofTheFirstVersion(bundle)), ServiceJson.MAPPER);
        assertThat(then.featureScaling().offsets()).containsExactly(10, 0, 0);
        assertThat(then.targetScaling().offsets()).containsExactly(100);
        assertThat(then.targetScaling().divisors()).containsExactly(5);
        assertThat(ServiceJson.MAPPER.writeValueAsString(then)).isEqualTo(ServiceJson.MAPPER.writeValueAsString(now));
    }

    @Test
    void modelOfALaterVersionIsRefused() throws IOException {
        byte[] bundle = bundle();
        little(bundle).putInt(VERSION, 3);
        assertThatThrownBy(() -> BundleFile.readDescription(new ByteArrayInputStream(bundle), ServiceJson.MAPPER))
                .isInstanceOf(IOException.class)
                .hasMessage("it is not a model of version 1 to 2");
    }

    private static byte[] bundle() throws IOException {
        var out = new ByteArrayOutputStream();
        try (Network network = Network.create(Specimens.REGRESSION.network(), Precision.FLOAT64, 1, 1)) {
            network.load(Specimens.REGRESSION_WEIGHTS);
            BundleFile.write(
                    Specimens.REGRESSION.described(Precision.FLOAT64, network.digest()),
                    network,
                    ServiceJson.MAPPER,
                    out);
        }
        return out.toByteArray();
    }

    private static byte[] ofTheFirstVersion(byte[] bundle) {
        int length = little(bundle).getInt(LENGTH);
        byte[] text = new String(bundle, DESCRIPTION, length, UTF_8)
                .replace("\"offsets\"", "\"means\"")
                .getBytes(UTF_8);
        ByteBuffer old =
                ByteBuffer.allocate(bundle.length - length + text.length).order(ByteOrder.LITTLE_ENDIAN);
        old.put(bundle, 0, DESCRIPTION).putInt(VERSION, 1).putInt(LENGTH, text.length);
        old.put(text);
        var checksum = new CRC32C();
        checksum.update(old.array(), 0, old.position());
        old.putInt((int) checksum.getValue());
        int weights = DESCRIPTION + length + Integer.BYTES;
        return old.put(bundle, weights, bundle.length - weights).array();
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
