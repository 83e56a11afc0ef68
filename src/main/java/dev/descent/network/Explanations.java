package dev.descent.network;

import dev.descent.core.mistake.Diagnosis;
import dev.descent.core.mistake.Judgement;
import dev.descent.core.mistake.Made;
import dev.descent.core.mistake.Reading;
import dev.descent.core.mistake.Verdict;
import java.util.List;
import java.util.stream.Collectors;

/// A diagnosis in sentences.
final class Explanations {

    private Explanations() {}

    static String summary(Diagnosis diagnosis) {
        int all = diagnosis.judgements().size();
        long wrong = count(diagnosis, Verdict.WRONG);
        long coarse = count(diagnosis, Verdict.TOO_FEW_DIGITS);
        if (all == 0) {
            return "nothing was sent to be checked";
        }
        String digits = coarse == 0
                ? ""
                : "; " + coarse + (coarse == 1 ? " is" : " are")
                        + " right as far as written, which is too few digits to tell";
        if (wrong == 0) {
            return (all == 1 ? "the array is right" : "all " + all + " arrays are right") + digits;
        }
        String counted =
                wrong + " of " + all + (all == 1 ? " array" : " arrays") + (wrong == 1 ? " is" : " are") + " wrong";
        if (diagnosis.stories().isEmpty()) {
            return counted + ", by no mistake that is known" + digits;
        }
        String others = diagnosis.stories().size() == 1
                ? ""
                : "; on this batch these numbers also come of "
                        + diagnosis.stories().stream()
                                .skip(1)
                                .map(Explanations::listed)
                                .collect(Collectors.joining(", or of "));
        return counted + ": " + listed(diagnosis.stories().getFirst()) + others + digits;
    }

    private static long count(Diagnosis diagnosis, Verdict verdict) {
        return diagnosis.judgements().stream()
                .filter(judgement -> judgement.verdict() == verdict)
                .count();
    }

    private static String listed(List<Made> mistakes) {
        return mistakes.stream()
                .map(made -> made.mistake().title() + " in " + place(made))
                .distinct()
                .collect(Collectors.joining(", then "));
    }

    private static String place(Made made) {
        return made.quantity().symbol() + " of layer " + made.layer();
    }

    static String of(Judgement judgement, Reading reading) {
        if (reading.mistakes().isEmpty()) {
            return "no known mistake makes these numbers; look first at the entry that is furthest off, and at the layers"
                    + " after this one";
        }
        if (reading.followsFrom() != null) {
            return "this follows from the mistake in layer " + reading.followsFrom() + ": "
                    + listed(reading.mistakes());
        }
        String text = reading.mistakes().stream()
                .filter(made -> made.layer() == judgement.layer())
                .map(made -> made.mistake().explanation() + "; right is: "
                        + made.mistake().right())
                .distinct()
                .collect(Collectors.joining(". And "));
        List<Made> before = reading.mistakes().stream()
                .filter(made -> made.layer() != judgement.layer())
                .toList();
        String carried = before.isEmpty() ? "" : ". Besides it carries on " + listed(before);
        return text + carried + (reading.whole() ? "" : "; and even then the numbers are not right");
    }
}
