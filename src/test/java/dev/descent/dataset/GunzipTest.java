package dev.descent.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.data.ArrayBytes;
import dev.descent.core.data.InvalidTable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GunzipTest {

    private static byte[] unpack(byte[] packed, long limit) throws IOException {
        try (var in = new Gunzip(new ByteArrayInputStream(packed), "labels", limit)) {
            return in.readAllBytes();
        }
    }

    private static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @Test
    void whatWasPackedComesOut() throws IOException {
        byte[] bytes = new byte[300_000];
        new Random(1).nextBytes(bytes);
        assertThat(unpack(ArrayBytes.gzip(bytes), bytes.length)).isEqualTo(bytes);
        assertThat(unpack(ArrayBytes.gzip(new byte[0]), 0)).isEmpty();
    }

    @Test
    void membersFollowEachOther() throws IOException {
        byte[] packed = joined(
                ArrayBytes.gzip(new byte[] {1, 2}), ArrayBytes.gzip(new byte[0]), ArrayBytes.gzip(new byte[] {3}));
        assertThat(unpack(packed, 3)).containsExactly(1, 2, 3);
    }

    @Test
    void optionalFieldsOfTheHeadArePassedOver() throws IOException {
        byte[] packed = ArrayBytes.gzip(new byte[] {42});
        byte[] head = Arrays.copyOf(packed, 10);
        head[3] = 2 | 4 | 8 | 16;
        byte[] fields = {3, 0, 9, 9, 9, 'n', 0, 'c', 'd', 0, 7, 7};
        assertThat(unpack(joined(head, fields, Arrays.copyOfRange(packed, 10, packed.length)), 1))
                .containsExactly(42);
    }

    @Test
    void everyCutIsNoticed() throws IOException {
        byte[] packed = ArrayBytes.gzip("a table of some length".getBytes(StandardCharsets.UTF_8));
        for (int length = 2; length < packed.length; length++) {
            assertFlaw(Arrays.copyOf(packed, length), "truncated-gzip");
        }
    }

    @Test
    void damageAndTrailingBytesAreNoticed() throws IOException {
        byte[] packed = ArrayBytes.gzip(new byte[1000]);
        assertFlaw(joined(packed, new byte[] {0}), "trailing-data");
        assertFlaw(flipped(packed, packed.length - 1), "damaged-gzip"); // length
        assertFlaw(flipped(packed, packed.length - 8), "damaged-gzip"); // checksum
        assertFlaw(flipped(packed, 2), "damaged-gzip"); // method
        assertFlaw(flipped(packed, 3), "damaged-gzip"); // reserved flag
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] other = bytes.clone();
        other[at] ^= (byte) 0x80;
        return other;
    }

    /// A megabyte of zeros is a kilobyte packed.
    @Test
    void bombEndsAtTheLimit() throws IOException {
        byte[] packed = ArrayBytes.gzip(new byte[1 << 20]);
        assertThat(unpack(packed, 1 << 20)).hasSize(1 << 20);
        assertThatThrownBy(() -> unpack(packed, (1 << 20) - 1))
                .isInstanceOf(UploadTooLarge.class)
                .hasMessageStartingWith("labels");
    }

    private static void assertFlaw(byte[] packed, String code) {
        assertThatThrownBy(() -> unpack(packed, 1 << 20))
                .as("%d bytes", packed.length)
                .isInstanceOfSatisfying(InvalidTable.class, e -> {
                    assertThat(e.flaws().getFirst().code()).isEqualTo(code);
                    assertThat(e.flaws().getFirst().part()).isEqualTo("labels");
                });
    }
}
