package dev.descent;

import static com.tngtech.archunit.base.DescribedPredicate.and;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.descent.storage.Blobs;
import dev.descent.storage.command.Commands;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.RestController;

/// The directions that dependencies may take, and what no class may touch, read from the compiled classes.
class ArchitectureTest {

    private static final JavaClasses DESCENT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.descent");

    @Test
    void theRulesLookAtTheWholeService() {
        assertThat(DESCENT.size()).isGreaterThan(200);
    }

    @Test
    void theCoreKnowsOnlyTheJdkTheVectorApiAndEjml() {
        classes()
                .that()
                .resideInAPackage("dev.descent.core..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.descent.core..", "java..", "jdk.incubator.vector..", "org.ejml..", "org.jspecify..")
                .check(DESCENT);
    }

    @Test
    void insideTheCoreTrainingStandsOnTop() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("specs")
                .definedBy("dev.descent.core")
                .layer("random")
                .definedBy("dev.descent.core.random..")
                .layer("linalg")
                .definedBy("dev.descent.core.linalg..")
                .layer("nn")
                .definedBy("dev.descent.core.nn..")
                .layer("mistake")
                .definedBy("dev.descent.core.mistake..")
                .layer("optim")
                .definedBy("dev.descent.core.optim..")
                .layer("data")
                .definedBy("dev.descent.core.data..")
                .layer("metric")
                .definedBy("dev.descent.core.metric..")
                .layer("train")
                .definedBy("dev.descent.core.train..")
                .layer("lint")
                .definedBy("dev.descent.core.lint..")
                .layer("surface")
                .definedBy("dev.descent.core.surface..")
                .whereLayer("specs")
                .mayNotAccessAnyLayer()
                .whereLayer("random")
                .mayOnlyAccessLayers("specs")
                .whereLayer("linalg")
                .mayOnlyAccessLayers("specs")
                .whereLayer("nn")
                .mayOnlyAccessLayers("specs", "linalg", "random")
                .whereLayer("mistake")
                .mayOnlyAccessLayers("specs", "linalg", "random", "nn")
                .whereLayer("optim")
                .mayOnlyAccessLayers("specs", "linalg", "random", "nn")
                .whereLayer("data")
                .mayOnlyAccessLayers("specs", "linalg", "random")
                .whereLayer("metric")
                .mayNotAccessAnyLayer()
                .whereLayer("train")
                .mayOnlyAccessLayers("specs", "linalg", "random", "nn", "optim", "data", "metric")
                .whereLayer("lint")
                .mayOnlyAccessLayers("specs", "linalg", "nn", "train")
                .whereLayer("surface")
                .mayOnlyAccessLayers("nn", "train")
                .check(DESCENT);
    }

    @Test
    void featuresStandOnTheCoreAndNothingStandsOnTheWeb() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("core")
                .definedBy("dev.descent.core..")
                .layer("fault")
                .definedBy("dev.descent.fault..")
                .layer("drawing")
                .definedBy("dev.descent.drawing..")
                .layer("tenant")
                .definedBy("dev.descent.tenant..")
                .layer("storage")
                .definedBy("dev.descent.storage..")
                .layer("dataset")
                .definedBy("dev.descent.dataset..")
                .layer("network")
                .definedBy("dev.descent.network..")
                .layer("model")
                .definedBy("dev.descent.model..")
                .layer("training")
                .definedBy("dev.descent.training..")
                .layer("conformance")
                .definedBy("dev.descent.conformance..")
                .layer("lesson")
                .definedBy("dev.descent.lesson..")
                .layer("experiment")
                .definedBy("dev.descent.experiment..")
                .layer("web")
                .definedBy("dev.descent.web..")
                .whereLayer("core")
                .mayNotAccessAnyLayer()
                .whereLayer("fault")
                .mayOnlyAccessLayers("core")
                .whereLayer("drawing")
                .mayNotAccessAnyLayer()
                .whereLayer("tenant")
                .mayNotAccessAnyLayer()
                .whereLayer("storage")
                .mayOnlyAccessLayers("core", "fault", "tenant")
                .whereLayer("dataset")
                .mayOnlyAccessLayers("core", "fault", "tenant", "storage")
                .whereLayer("network")
                .mayOnlyAccessLayers("core", "fault", "tenant", "storage")
                .whereLayer("model")
                .mayOnlyAccessLayers("core", "fault", "tenant", "storage", "dataset", "drawing")
                .whereLayer("training")
                .mayOnlyAccessLayers("core", "fault", "tenant", "storage", "dataset", "network", "model", "drawing")
                .whereLayer("experiment")
                .mayOnlyAccessLayers(
                        "core", "fault", "tenant", "storage", "dataset", "network", "model", "training", "drawing")
                .whereLayer("conformance")
                .mayOnlyAccessLayers("core", "fault", "tenant", "dataset", "training")
                .whereLayer("lesson")
                .mayOnlyAccessLayers(
                        "core", "fault", "tenant", "storage", "dataset", "network", "training", "conformance")
                .whereLayer("web")
                .mayOnlyAccessLayers("core", "fault", "tenant", "storage")
                .ensureAllClassesAreContainedInArchitectureIgnoring("dev.descent")
                .check(DESCENT);
    }

    @Test
    void storedFilesAreReadThroughTheirHash() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.descent.storage")
                .should()
                .callMethod(Blobs.class, "path", String.class)
                .because("Blobs.verified looks at the content first")
                .check(DESCENT);
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching("dev.descent.(**)").should().beFreeOfCycles().check(DESCENT);
    }

    @Test
    void controllersAreSeenByTheirPackageOnly() {
        classes()
                .that()
                .areMetaAnnotatedWith(RestController.class)
                .or()
                .areMetaAnnotatedWith(ControllerAdvice.class)
                .should()
                .bePackagePrivate()
                .check(DESCENT);
    }

    @Test
    void jsonIsReadAndWrittenByJackson3() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("com.fasterxml..")
                        .and(not(resideInAPackage("com.fasterxml.jackson.annotation"))))
                .check(DESCENT);
    }

    @Test
    void nothingPrintsOrLogsPastTheLogger() {
        noClasses()
                .that()
                .areNotAssignableTo(Commands.class) // which answer on the terminal
                .should(ACCESS_STANDARD_STREAMS)
                .check(DESCENT);
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("java.util.logging.."))
                .check(DESCENT);
    }

    @Test
    void collaboratorsComeThroughConstructors() {
        NO_CLASSES_SHOULD_USE_FIELD_INJECTION.check(DESCENT);
    }

    /// The functions whose result `java.lang.Math` and the Vector API leave to the machine; `StrictMath` does not.
    @Test
    void theCoreCallsNoMathematicsThatDiffersBetweenMachines() {
        String functions =
                "(?i)(sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|exp|expm1|log|log10|log1p|pow|cbrt|hypot)";
        coreNeverTouches(and(owner(type(Math.class)), nameMatching(functions)));
        coreNeverTouches(and(owner(resideInAPackage("jdk.incubator.vector")), nameMatching(functions)));
    }

    @Test
    void theCoreSumsInOneOrder() {
        coreNeverTouches(and(owner(resideInAPackage("java.util..")), nameMatching("parallel.*")));
    }

    @Test
    void theCoreTakesTimeAndRandomnessAsArguments() {
        coreNeverTouches(and(owner(type(System.class)), nameMatching("nanoTime|currentTimeMillis")));
        coreNeverTouches(and(owner(type(Math.class)), nameMatching("random")));
        noClasses()
                .that()
                .resideInAPackage("dev.descent.core..")
                .should()
                .dependOnClassesThat(resideInAPackage("java.time..")
                        .or(resideInAPackage("java.util.random"))
                        .or(type(Random.class))
                        .or(type(ThreadLocalRandom.class)))
                .check(DESCENT);
    }

    private static void coreNeverTouches(DescribedPredicate<? super AccessTarget> target) {
        noClasses()
                .that()
                .resideInAPackage("dev.descent.core..")
                .should()
                .accessTargetWhere(JavaAccess.Predicates.target(target))
                .check(DESCENT);
    }
}
