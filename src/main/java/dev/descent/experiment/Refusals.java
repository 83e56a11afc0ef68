package dev.descent.experiment;

import dev.descent.fault.Refused;
import dev.descent.fault.Violation;
import dev.descent.training.plan.Plan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Everything that is wrong with an experiment, each where the request says it: in a variant, or in the job that all
/// have in common.
final class Refusals {

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_VARIANT = 64;

    private final ExperimentRequest request;
    private final List<Violation> own = new ArrayList<>();
    private final Map<Violation, List<String>> common = new LinkedHashMap<>();

    Refusals(ExperimentRequest request) {
        this.request = request;
    }

    void checkNames() {
        int count = request.variants().size();
        if (count < ExperimentRequest.FEWEST || count > ExperimentRequest.MOST) {
            add(
                    "/variants",
                    "out-of-range",
                    "an experiment has " + ExperimentRequest.FEWEST + " to " + ExperimentRequest.MOST
                            + " variants, not " + count);
        }
        if (request.name() != null) {
            checkName("/name", request.name(), LONGEST_NAME);
        }
        if (request.job().name() != null) {
            add("/job/name", "not-here", "name the experiment and its variants; their jobs are called after both");
        }
        Set<String> seen = new HashSet<>();
        for (int k = 0; k < count; k++) {
            String name = request.variants().get(k).name();
            checkName("/variants/" + k + "/name", name, LONGEST_VARIANT);
            if (!seen.add(name)) {
                add("/variants/" + k + "/name", "duplicate", "another variant is called " + name);
            }
            if (request.variants().get(k).weightInitializer() != null
                    && request.variants().get(k).initialWeights() != null) {
                add(
                        "/variants/" + k + "/weightInitializer",
                        "ambiguous",
                        "give either initialWeights or weightInitializer");
            }
        }
    }

    private void checkName(String pointer, String name, int longest) {
        if (name.isBlank() || name.length() > longest) {
            add(pointer, "out-of-range", "a name has between 1 and " + longest + " characters");
        } else if (name.chars().anyMatch(Character::isISOControl)) {
            add(pointer, "control-character", "a name has no control characters");
        } else if (longest == LONGEST_VARIANT && (name.indexOf(',') >= 0 || name.indexOf('"') >= 0)) {
            add(pointer, "bad-name", "the name of a variant has no comma and no quotation mark: it heads a column");
        }
    }

    /// Refuses another seed where rows are held out: then it would be trained on other rows.
    void checkSeed(int k, Plan plan) {
        Long seed = request.variants().get(k).seed();
        if (seed != null && seed != request.job().seed() && plan.validationRows() + plan.testRows() > 0) {
            add(
                    "/variants/" + k + "/seed",
                    "other-rows",
                    "the seed draws which rows are held out, too, and this variant would be trained on others");
        }
    }

    private void add(String pointer, String code, String message) {
        own.add(new Violation(pointer, code, message));
    }

    /// What is wrong with the job of a variant, which gave these properties itself.
    void add(int k, Set<String> changed, List<Violation> violations) {
        Variant variant = request.variants().get(k);
        for (Violation violation : violations) {
            String place = place(variant, changed, violation.pointer());
            if (place.startsWith("/job")) {
                common.computeIfAbsent(at(place, violation), same -> new ArrayList<>())
                        .add(variant.name());
            } else {
                own.add(at("/variants/" + k + place, violation));
            }
        }
    }

    /// Where the request says what is complained of: below the variant, or beginning with `/job`.
    private String place(Variant variant, Set<String> changed, String pointer) {
        if (pointer.equals("/network") || pointer.startsWith("/network/")) {
            return variant.networkId() != null
                    ? "/networkId"
                    : variant.network() != null
                            ? pointer
                            : request.job().networkId() != null ? "/job/networkId" : "/job" + pointer;
        }
        String[] parts = pointer.split("/", 3);
        return parts.length > 1 && changed.contains(parts[1]) ? pointer : "/job" + pointer;
    }

    private static Violation at(String pointer, Violation violation) {
        return new Violation(
                pointer,
                violation.code(),
                violation.message(),
                violation.value(),
                violation.allowed(),
                violation.line(),
                violation.column());
    }

    /// Ends the request if there is anything wrong with it.
    void throwAny() {
        List<Violation> all = new ArrayList<>(own);
        common.forEach((violation, variants) -> all.add(
                variants.size() == request.variants().size()
                        ? violation
                        : new Violation(
                                violation.pointer(),
                                violation.code(),
                                "with " + String.join(", ", variants) + ": " + violation.message(),
                                violation.value(),
                                violation.allowed(),
                                violation.line(),
                                violation.column())));
        if (!all.isEmpty()) {
            throw new Refused(
                    "validation-failed",
                    "Validation failed",
                    all.size() == 1
                            ? all.getFirst().message()
                            : all.size() + " things are wrong with this experiment; errors lists them.",
                    all);
        }
    }
}
