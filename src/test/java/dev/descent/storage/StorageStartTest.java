package dev.descent.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class StorageStartTest {

    @Parameter
    TestDatabase kind;

    @TempDir
    Path root;

    @Test
    void rowsSurviveARestartAndOnlyAServerIsForSeveralServices() {
        try (var first = start()) {
            first.getBean(JdbcClient.class)
                    .sql("insert into turn (tenant, turn) values ('a', 7)")
                    .update();
            switch (kind) {
                case SQLITE -> assertThatThrownBy(this::start).hasRootCauseInstanceOf(DataDirectoryUnusable.class);
                case POSTGRESQL -> start().close();
            }
        }
        try (var second = start()) {
            assertThat(second.getBean(JdbcClient.class)
                            .sql("select turn from turn where tenant = 'a'")
                            .query(Long.class)
                            .single())
                    .isEqualTo(7);
        }
    }

    private ConfigurableApplicationContext start() {
        List<String> arguments = new ArrayList<>(List.of(kind.properties(root)));
        arguments.add("--descent.data-directory=" + root);
        return run(arguments);
    }

    /// Storage alone, as a service that is given these arguments starts it.
    static ConfigurableApplicationContext run(List<String> arguments) {
        var application = new SpringApplication(StorageOnly.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        return application.run(arguments.toArray(String[]::new));
    }

    @EnableAutoConfiguration
    @EnableConfigurationProperties({StorageProperties.class, DiskProperties.class})
    @Import(StorageConfiguration.class)
    static class StorageOnly {}
}
