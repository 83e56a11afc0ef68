package dev.descent.tenant;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class TenantsTest {

    private static final String HASH_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void keyIsKnownByItsHash() {
        Tenants tenants = tenants(Map.of("ada.key-sha256", HASH_OF_ABC));

        assertThat(tenants.none()).isFalse();
        assertThat(tenants.withKey("abc".getBytes(UTF_8))).contains(new Tenant("ada"));
        assertThat(tenants.withKey(HASH_OF_ABC.getBytes(UTF_8))).isEmpty();
        assertThat(tenants.withKey(new byte[0])).isEmpty();
    }

    @Test
    void withoutTenantsNobodyHasALimit() {
        Tenants tenants = tenants(Map.of());

        assertThat(tenants.none()).isTrue();
        assertThat(tenants.queued(Tenant.DEFAULT)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void shareIsAThousandUnlessItIsSaid() {
        Tenants tenants = tenants(Map.of(
                "ada.key-sha256", HASH_OF_ABC, "bob.key-sha256", HASH_OF_ABC.replace('b', 'c'), "bob.queued", "7"));

        assertThat(tenants.queued(new Tenant("ada"))).isEqualTo(1000);
        assertThat(tenants.queued(new Tenant("bob"))).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({
        "ada.queued, 3, ada needs key-sha256",
        "ada.key, a-plain-key, 'ada has key-sha256 and queued, not key'",
        "ada.key.of, a-plain-key, 'ada has key-sha256 and queued, not key'",
        "ada, a-plain-key, ada has settings of its own",
        "ada, '', ada has settings of its own",
        "ada.key-sha256, a-plain-key, ada needs key-sha256: 64 hexadecimal digits",
        "ada.key-sha256, '', ada needs key-sha256: 64 hexadecimal digits",
        "Ada.key-sha256, " + HASH_OF_ABC + ", a tenant's name is",
    })
    void whatCannotBeIsRefusedWithoutShowingIt(String property, String value, String message) {
        assertThatThrownBy(() -> tenants(Map.of(property, value)))
                .hasMessageContaining(message)
                .hasMessageNotContaining("a-plain-key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "many", "9999999999"})
    void shareThatIsNoCountIsRefused(String queued) {
        assertThatThrownBy(() -> tenants(Map.of("ada.key-sha256", HASH_OF_ABC, "ada.queued", queued)))
                .hasMessageStartingWith("descent.tenants.ada has a queued that is not a whole number");
    }

    @Test
    void oneKeyForTwoIsRefused() {
        assertThatThrownBy(() ->
                        tenants(Map.of("ada.key-sha256", HASH_OF_ABC, "bob.key-sha256", HASH_OF_ABC.replace('a', 'A'))))
                .hasMessageContaining("has the key of another tenant");
    }

    @Test
    void environmentCanNameThem() {
        var environment = new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                Map.of("DESCENT_TENANTS_ADA_KEYSHA256", HASH_OF_ABC, "DESCENT_TENANTS_ADA_QUEUED", "5"));
        Tenants tenants = bind(ConfigurationPropertySource.from(environment));

        assertThat(tenants.withKey("abc".getBytes(UTF_8))).contains(new Tenant("ada"));
        assertThat(tenants.queued(new Tenant("ada"))).isEqualTo(5);
    }

    private static Tenants tenants(Map<String, String> settings) {
        Map<String, String> properties = new HashMap<>();
        settings.forEach((name, value) -> properties.put("descent.tenants." + name, value));
        return bind(new MapConfigurationPropertySource(properties));
    }

    private static Tenants bind(ConfigurationPropertySource source) {
        return new Tenants(new Binder(source).bindOrCreate("descent", TenantProperties.class));
    }
}
