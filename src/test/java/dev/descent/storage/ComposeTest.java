package dev.descent.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/// `docker-compose.yml`, as far as it can be judged without an engine: it is YAML that says nothing twice, and its
/// parts
/// fit each other, the image and the settings of the service.
class ComposeTest {

    private static final List<String> NODES = List.of("node-1", "node-2");

    private static Map<String, Map<String, Object>> services;
    private static Map<String, Object> file;

    @BeforeAll
    static void read() throws IOException {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        file = new Yaml(options).load(Files.readString(Path.of("docker-compose.yml")));
        services = part(file, "services");
    }

    @Test
    void oneServiceOfItsOwnStartsUnlessAClusterIsAskedFor() {
        assertThat(services).containsOnlyKeys("descent", "node-1", "node-2", "database");
        assertThat(services.get("descent")).doesNotContainKeys("profiles", "environment");
        for (String name : List.of("node-1", "node-2", "database")) {
            assertThat(services.get(name).get("profiles")).as(name).isEqualTo(List.of("cluster"));
        }
    }

    @Test
    void everyVolumeIsDeclaredAndNodesShareTheirsOnly() {
        Set<String> mounted = new HashSet<>();
        services.values()
                .forEach(service -> strings(service, "volumes").forEach(volume -> mounted.add(source(volume))));
        assertThat(part(file, "volumes")).containsOnlyKeys(mounted);
        assertThat(strings(services.get("node-1"), "volumes"))
                .isEqualTo(strings(services.get("node-2"), "volumes"))
                .doesNotContainAnyElementsOf(strings(services.get("descent"), "volumes"));
    }

    @Test
    void volumesAreWhereTheImageKeepsItsData() throws IOException {
        assertThat(Files.readString(Path.of("Dockerfile")))
                .contains("DESCENT_DATA_DIRECTORY=/data")
                .contains("SERVER_PORT=8080");
        for (String name : List.of("descent", "node-1", "node-2")) {
            assertThat(strings(services.get(name), "volumes"))
                    .singleElement()
                    .satisfies(volume -> assertThat(volume).endsWith(":/data"));
        }
    }

    @Test
    void portsAreOnThisMachineOnlyAndDiffer() {
        List<String> ports = new ArrayList<>();
        services.values().forEach(service -> ports.addAll(strings(service, "ports")));
        assertThat(ports)
                .hasSize(3)
                .doesNotHaveDuplicates()
                .allMatch(port -> port.matches("127\\.0\\.0\\.1:\\d+:8080"));
    }

    @Test
    void settingsOfNodesAreOnesThatTheServiceReads() {
        Map<String, Object> database = part(services.get("database"), "environment");
        for (String node : NODES) {
            DatabaseSettings settings = settings(part(services.get(node), "environment"));
            assertThat(settings.place()).isEqualTo("'" + database.get("POSTGRES_DB") + "' at database, port 5432");
            assertThat(settings.username()).isEqualTo(database.get("POSTGRES_USER"));
            assertThat(settings.password()).isEqualTo(database.get("POSTGRES_PASSWORD"));
        }
    }

    @Test
    void nodesWaitForADatabaseThatSortsByCharacterCodes() throws IOException {
        Map<String, Object> database = services.get("database");
        assertThat(part(database, "environment").get("POSTGRES_INITDB_ARGS")).isEqualTo("--encoding=UTF8 --locale=C");
        assertThat(strings(part(database, "healthcheck"), "test")).startsWith("CMD", "pg_isready");
        for (String node : NODES) {
            assertThat(services.get(node).get("depends_on"))
                    .isEqualTo(Map.of("database", Map.of("condition", "service_healthy")));
        }
        String tested =
                Files.readString(Path.of("pom.xml")).replaceAll("(?s).*<postgres-binaries.version>(\\d+).*", "$1");
        assertThat(database.get("image")).isEqualTo("postgres:" + tested);
    }

    private static DatabaseSettings settings(Map<String, Object> environment) {
        var source = new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new HashMap<>(environment));
        Iterable<ConfigurationPropertySource> sources = ConfigurationPropertySources.from(source);
        return Objects.requireNonNull(new Binder(sources)
                .bind("descent", StorageProperties.class)
                .get()
                .database());
    }

    private static String source(String volume) {
        return volume.substring(0, volume.indexOf(':'));
    }

    @SuppressWarnings("unchecked")
    private static List<String> strings(Map<String, Object> of, String name) {
        return (List<String>) of.getOrDefault(name, List.of());
    }

    @SuppressWarnings("unchecked")
    private static <T> Map<String, T> part(Map<String, ?> of, String name) {
        return (Map<String, T>) Objects.requireNonNull(of.get(name), name);
    }
}
