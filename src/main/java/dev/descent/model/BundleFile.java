package dev.descent.model;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Network;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.CRC32C;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A model as a file: its description, then its weights, each followed by a CRC32C.
///
/// All numbers are little-endian:
/// ```
/// "DMDL"  int version  long bytes of the weights  int bytes of the description
/// description: JSON, UTF-8                        int CRC32C of everything before
/// weights: W, b and running statistics of each layer in turn, row by row, in the model's precision
///                                                 int CRC32C of the weights
/// ```
/// Reading throws an `IOException` for everything that is not exactly this.
final class BundleFile {

    private static final int MAGIC = 0x4c444d44;
    private static final int VERSION = 2;

    /// In which the scalings' offsets are called means, all that could be subtracted then.
    private static final int OLDEST = 1;

    private static final int PREAMBLE = 20;
    private static final int MAXIMUM_DESCRIPTION = 64 << 20;

    private BundleFile() {}

    /// `network` holds the weights.
    static void write(ModelDescription description, Network network, JsonMapper json, OutputStream out)
            throws IOException {
        byte[] text = json.writeValueAsBytes(description);
        ByteBuffer head = little(PREAMBLE + text.length);
        head.putInt(MAGIC)
                .putInt(VERSION)
                .putLong(weightBytes(description))
                .putInt(text.length)
                .put(text);
        CRC32C checksum = new CRC32C();
        write(head, checksum, out);
        out.write(checksum(checksum));
        checksum.reset();
        for (Matrix matrix : network.stored()) {
            ByteBuffer bytes = little(
                    matrix.rows() * matrix.columns() * description.precision().bytes());
            matrix.write(bytes);
            write(bytes, checksum, out);
        }
        out.write(checksum(checksum));
    }

    /// Reads and checks everything before the weights.
    static ModelDescription readDescription(InputStream in, JsonMapper json) throws IOException {
        CRC32C checksum = new CRC32C();
        ByteBuffer preamble = read(in, PREAMBLE, checksum);
        int magic = preamble.getInt();
        int version = preamble.getInt();
        if (magic != MAGIC || version < OLDEST || version > VERSION) {
            throw new IOException("it is not a model of version " + OLDEST + " to " + VERSION);
        }
        long weightBytes = preamble.getLong();
        int length = preamble.getInt();
        if (length < 0 || length > MAXIMUM_DESCRIPTION) {
            throw new IOException("its description claims to take " + length + " bytes");
        }
        ByteBuffer text = read(in, length, checksum);
        requireChecksum(in, checksum, "description");
        ModelDescription description = description(json.readTree(text.array()), version, json);
        if (weightBytes != weightBytes(description)) {
            throw new IOException("its weights take " + weightBytes + " bytes, where those of its network take "
                    + weightBytes(description));
        }
        return description;
    }

    private static ModelDescription description(JsonNode text, int version, JsonMapper json) {
        if (version == OLDEST) {
            for (String name : List.of("featureScaling", "targetScaling")) {
                if (text.get(name) instanceof ObjectNode scaling && scaling.has("means")) {
                    scaling.set("offsets", scaling.remove("means"));
                }
            }
        }
        return json.treeToValue(text, ModelDescription.class);
    }

    /// Reads and checks the weights that follow `description`, into a network with room for `rows` rows.
    static Network readWeights(InputStream in, ModelDescription description, int rows) throws IOException {
        Network network = Network.create(description.network(), description.precision(), rows, 1);
        try {
            CRC32C checksum = new CRC32C();
            for (Matrix matrix : network.stored()) {
                int bytes = matrix.rows()
                        * matrix.columns()
                        * description.precision().bytes();
                fill(matrix, read(in, bytes, checksum), description.precision());
            }
            requireChecksum(in, checksum, "weights");
            requireDigest(network, description.provenance().weightsSha256());
            if (in.read() >= 0) {
                throw new IOException("it goes on after its weights");
            }
            return network;
        } catch (IOException | RuntimeException e) {
            network.close();
            throw e;
        }
    }

    private static void requireDigest(Network network, String expected) throws IOException {
        String digest = network.digest();
        if (!digest.equals(expected)) {
            throw new IOException("its weights have the digest " + digest + ", not " + expected);
        }
    }

    private static long weightBytes(ModelDescription description) {
        return description.network().storedNumbers() * description.precision().bytes();
    }

    private static void fill(Matrix matrix, ByteBuffer bytes, Precision precision) {
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                double value = switch (precision) {
                    case FLOAT64 -> bytes.getDouble();
                    case FLOAT32 -> bytes.getFloat();
                };
                matrix.set(i, j, value);
            }
        }
    }

    private static ByteBuffer read(InputStream in, int length, CRC32C checksum) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("it ends too early");
        }
        checksum.update(bytes);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void requireChecksum(InputStream in, CRC32C computed, String section) throws IOException {
        int stored = read(in, Integer.BYTES, new CRC32C()).getInt();
        if (stored != (int) computed.getValue()) {
            throw new IOException("the checksum of its " + section + " is wrong");
        }
    }

    private static void write(ByteBuffer buffer, CRC32C checksum, OutputStream out) throws IOException {
        checksum.update(buffer.array());
        out.write(buffer.array());
    }

    private static byte[] checksum(CRC32C checksum) {
        return little(Integer.BYTES).putInt((int) checksum.getValue()).array();
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
