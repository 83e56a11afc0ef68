package dev.descent.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.fault.Malformed;
import dev.descent.fault.Refused;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdsTest {

    private final Ids ids =
            new Ids(Clock.fixed(Instant.ofEpochMilli(1_700_000_000_000L), ZoneOffset.UTC), new Random(1));

    @Test
    void idsOfOneMillisecondRise() {
        List<String> made = Stream.generate(() -> ids.next("ds")).limit(10_000).toList();
        assertThat(made).isSorted().doesNotHaveDuplicates().allMatch(id -> Ids.isId("ds", id));
    }

    @Test
    void laterIdIsGreater() {
        var later = new Ids(Clock.fixed(Instant.ofEpochMilli(1_700_000_000_001L), ZoneOffset.UTC), new Random(2));
        assertThat(later.next("ds")).isGreaterThan(ids.next("ds"));
    }

    @Test
    void timeStandsInTheFirstTenCharacters() {
        // 1700000000000 in Crockford's base 32, shifted by the two bits that 26 characters hold too many.
        assertThat(Long.parseLong(toBase32(ids.next("ds").substring(3, 13)), 32))
                .isEqualTo(1_700_000_000_000L);
    }

    @Test
    void otherTextIsNoId() {
        String id = ids.next("ds");
        assertThat(List.of("", "ds_", id + "0", id.toUpperCase(), id.replace("ds_", "net_"), "ds_" + "u".repeat(26)))
                .noneMatch(text -> Ids.isId("ds", text));
    }

    @Test
    void pageKnowsWhetherMoreFollows() {
        assertThat(Page.of(List.of("c", "b", "a"), 2, text -> text)).isEqualTo(new Page<>(List.of("c", "b"), "b"));
        assertThat(Page.of(List.of("c", "b"), 2, text -> text)).isEqualTo(new Page<>(List.of("c", "b"), null));
    }

    @Test
    void limitOutOfRangeAndForgedCursorAreRefused() {
        assertThatThrownBy(() -> PageRequest.of(0, null, "ds")).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> PageRequest.of(501, null, "ds")).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> PageRequest.of(1, "x' or '1'='1", "ds")).isInstanceOf(Malformed.class);
        assertThat(PageRequest.of(null, null, "ds").before()).isGreaterThan(ids.next("ds"));
    }

    private static String toBase32(String crockford) {
        var text = new StringBuilder();
        for (char c : crockford.toCharArray()) {
            text.append(Character.forDigit("0123456789abcdefghjkmnpqrstvwxyz".indexOf(c), 32));
        }
        return text.toString();
    }
}
