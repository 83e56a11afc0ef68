package dev.descent;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;

/// A test against a service of its own kind: with tenants, each of whom has the key `key-of-<name>`, and one worker.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "descent.tenants.ada.key-sha256=5532e44183f47ed1fc146851b96d585c24da5bd5fe31a885cebc357261ed8f7f",
            "descent.tenants.bob.key-sha256=808A1D81B5DE08D72083995DF738947D519D230A20C236003268F0F4B65EE475",
            "descent.tenants.small.key-sha256=a2ea8f6b28c5a3a9311292caca3cc09fafb29097823ce68c26867cb40d30c849",
            "descent.tenants.small.queued=20",
            "descent.training.queue-limit=50",
            "descent.training.workers=1"
        })
public @interface KeyedService {}
