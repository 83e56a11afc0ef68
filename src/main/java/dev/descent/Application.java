package dev.descent;

import dev.descent.storage.command.Commands;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

@SpringBootApplication
@ConfigurationPropertiesScan
public class Application {

    public static void main(String[] arguments) {
        if (Commands.areMeant(arguments)) {
            System.exit(Commands.run(arguments));
        }
        Termination.isAnOrdinaryEnd();
        SpringApplication.run(Application.class, arguments);
    }
}
