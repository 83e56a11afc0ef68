package dev.descent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `bench/compare` is not part of the build, but it compiles against it.
class BenchTest {

    @Test
    void theContendersCompile(@TempDir Path folder) throws IOException {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.list(Path.of("bench/java"))) {
            List<Path> found = sources.toList();
            assertThat(found).hasSizeGreaterThan(3);
            boolean compiled = javac.getTask(
                            complaints,
                            files,
                            null,
                            List.of("-proc:none", "-d", folder.toString()),
                            null,
                            files.getJavaFileObjectsFromPaths(found))
                    .call();
            assertThat(compiled).as(complaints.toString()).isTrue();
        }
    }
}
