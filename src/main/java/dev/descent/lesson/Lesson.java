package dev.descent.lesson;

import dev.descent.core.Default;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A lesson as its file defines it.
///
/// @param idea what it is about, sentence by sentence
/// @param network as it is posted
/// @param job the request for its training, without dataset and network
/// @param variants at least one; the first is the lecture's main one
record Lesson(
        String id,
        String title,
        List<String> idea,
        Data dataset,
        ObjectNode network,
        ObjectNode job,
        List<Variant> variants,
        List<Look> look,
        List<Question> questions) {

    /// Its rows: just one of the three.
    ///
    /// @param generate made by the service, as it is posted
    /// @param csv small, and in the lesson itself
    /// @param upload not ours to ship: the user has them
    record Data(
            @Nullable ObjectNode generate,
            @Nullable Csv csv,
            @Nullable Needed upload) {

        /// What it is called, by the service or by the user.
        String name() {
            if (generate != null) {
                return generate.get("name").stringValue();
            }
            return csv != null ? csv.name() : Objects.requireNonNull(upload).name();
        }
    }

    record Csv(String name, List<String> lines) {

        String text() {
            return String.join("\n", lines) + "\n";
        }
    }

    /// @param name under which the copied requests look for it
    /// @param how to get and send it
    record Needed(String name, List<String> columns, String how) {}

    /// @param changes properties of the job that take the place of the lesson's
    /// @param network in place of the lesson's
    /// @param numbers the lecture's, which this variant is to give
    record Variant(
            String id,
            String title,
            ObjectNode changes,
            @Nullable ObjectNode network,
            List<Number> numbers) {}

    /// A number of the lecture.
    ///
    /// @param file of reference numbers
    /// @param pointer where it stands in that
    /// @param floor the size of the terms that it is a difference of, where they cancel; 0 where they do not
    record Number(
            String what,
            String file,
            String pointer,
            @Default("0") double floor,
            Quantity quantity) {}

    /// Something to look at; the link has `{job}`, `{model}`, `{dataset}`, `{network}` in it.
    record Look(String text, String link) {}

    record Question(String id, String question, String hint, Quantity quantity) {}

    /// With a name, as it is posted.
    ObjectNode network(Variant variant) {
        return variant.network() == null ? network : variant.network();
    }

    /// The job that a variant asks for, without dataset and network.
    ObjectNode job(Variant variant) {
        ObjectNode all = job.deepCopy();
        all.setAll(variant.changes());
        return all;
    }

    /// The network as it stands in a job: without a name.
    ObjectNode layers(Variant variant) {
        return network(variant).deepCopy().without("name");
    }
}
