package dev.descent.storage.command;

import dev.descent.storage.DataDirectory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Looks, once the service is up, whether every file that a row names is there and as long as it should be. What is in
/// them is looked at when they are read, and by `fsck`.
@Component
class CheckAtStart {

    private static final Logger log = LoggerFactory.getLogger(CheckAtStart.class);
    private static final int SHOWN = 20;

    private final DataDirectory directory;
    private final DataSource database;

    CheckAtStart(DataDirectory directory, DataSource database) {
        this.directory = directory;
        this.database = database;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        Thread.ofVirtual().name("check-at-start").start(this::look);
    }

    private void look() {
        try (Connection connection = database.getConnection()) {
            connection.setReadOnly(true);
            List<String> damage = Check.quick(new Layout(directory.root()), new Rows(connection));
            damage.stream().limit(SHOWN).forEach(each -> log.error("Damaged: {}", each));
            if (damage.isEmpty()) {
                log.debug("Every file that a row names is there");
            } else {
                log.error(
                        "Stored things that are damaged: {}; whoever asks for them is told so. Stop the service and run"
                                + " fsck for the whole list, or restore a backup",
                        damage.size());
            }
        } catch (SQLException | RuntimeException e) {
            log.warn("The stored files were not looked at: {}", e.toString());
        }
    }
}
