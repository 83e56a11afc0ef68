package dev.descent.core.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.random.NumpyRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PlaneTest {

    private static final double[] START = {1, 2, 0, 0};
    private static final double[] END = {4, 6, 0, 0};

    /// A few roundings of numbers up to 10.
    private static final Offset<Double> ROUNDED = within(1e-14);

    private static double[] point(double along, double third, double fourth) {
        return new double[] {1 + 0.6 * along, 2 + 0.8 * along, third, fourth};
    }

    @Test
    void endsLieOnThePlaneAtTheirDistance() {
        Plane plane = Plane.through(START, END, new double[][] {START, point(2, 1, -3), END});
        assertThat(plane.length()).isEqualTo(5);
        assertThat(plane.place(START)).isEqualTo(new Plane.Place(0, 0, 0));
        assertThat(plane.place(END).x()).isCloseTo(5, ROUNDED);
        assertThat(plane.place(END).y()).isCloseTo(0, ROUNDED);
        assertThat(plane.place(END).distance()).isCloseTo(0, ROUNDED);
    }

    @Test
    void secondDirectionIsTheOneAlongWhichPointsStrayMost() {
        double[][] points = {START, point(1, 3, 1), point(2, 3, -1), point(3, -3, -1), point(4, -3, 1), END};
        Plane plane = Plane.through(START, END, points);
        assertThat(plane.share()).as("4 * 9 of 4 * 9 + 4").isCloseTo(0.9, within(1e-12));
        for (int i = 1; i < 5; i++) {
            Plane.Place place = plane.place(points[i]);
            assertThat(place.x()).isCloseTo(i, ROUNDED);
            assertThat(place.y()).isCloseTo(i < 3 ? 3 : -3, within(1e-12));
            assertThat(place.distance()).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void signIsThatOfTheLargestEntryHoweverThePointsLie() {
        double[][] points = {point(1, -3, 0.1), point(2, -1, 0)};
        double[][] mirrored = {point(1, 3, -0.1), point(2, 1, 0)};
        assertThat(Plane.through(START, END, points).place(points[0]).y()).isNegative();
        assertThat(Plane.through(START, END, mirrored).place(mirrored[0]).y()).isPositive();
    }

    @Test
    void placesAndPointsAreInverse() {
        Plane plane = Plane.through(START, END, new double[][] {point(1, 2, 1), point(3, -1, 1)});
        double[] point = new double[4];
        plane.at(1.5, -2, point);
        Plane.Place place = plane.place(point);
        assertThat(place.x()).isCloseTo(1.5, ROUNDED);
        assertThat(place.y()).isCloseTo(-2, ROUNDED);
        assertThat(place.distance()).isCloseTo(0, ROUNDED);
        assertThat(plane.distanceFromStart(point)).isCloseTo(2.5, ROUNDED);
    }

    @Test
    void collinearPointsTakeTheWeightThatChangesLeast() {
        Plane plane = Plane.through(START, END, new double[][] {START, point(2, 1e-8, 0), END});
        assertThat(plane.share()).isNull();
        double[] point = new double[4];
        plane.at(0, 1, point);
        assertThat(point).containsExactly(1, 2, 1, 0);
    }

    /// The rotation has no preferred direction, so that nothing is exact by accident.
    @Test
    void principalDirectionIsThatOfTheSingularValues() {
        NumpyRandom random = new NumpyRandom(4);
        int size = 50;
        double[] start = new double[size];
        double[] end = new double[size];
        end[0] = 2;
        double[][] points = new double[40][size];
        double ofSecond = 0;
        double all = 0;
        for (double[] point : points) {
            double wide = 3 * random.randn();
            double narrow = 1.5 * random.randn();
            point[0] = random.randn();
            point[1] = 0.6 * wide;
            point[2] = 0.8 * wide;
            point[3] = narrow;
            ofSecond += wide * wide;
            all += wide * wide + narrow * narrow;
        }
        // Wide and narrow are correlated by chance; the direction that keeps most is their first principal one.
        Plane plane = Plane.through(start, end, points);
        double kept = 0;
        for (double[] point : points) {
            kept += plane.place(point).y() * plane.place(point).y();
        }
        assertThat(kept / all).isCloseTo(plane.share(), within(1e-12)).isGreaterThanOrEqualTo(ofSecond / all);
        double ww = 0;
        double wn = 0;
        double nn = 0;
        for (double[] point : points) {
            double wide = 0.6 * point[1] + 0.8 * point[2];
            ww += wide * wide;
            wn += wide * point[3];
            nn += point[3] * point[3];
        }
        double largest = (ww + nn + Math.sqrt((ww - nn) * (ww - nn) + 4 * wn * wn)) / 2;
        assertThat(plane.share()).isCloseTo(largest / (ww + nn), within(1e-12));
    }

    @Test
    void equalPointsGiveEqualBits() {
        double[][] points = {point(1, 3, 1), point(2, 3.3, -1), point(3, -3, -1.7)};
        double[] one = new double[4];
        double[] other = new double[4];
        Plane.through(START, END, points).at(0.3, 0.7, one);
        Plane.through(START, END, points).at(0.3, 0.7, other);
        assertThat(other).containsExactly(one);
    }

    @Test
    void thereIsNoPlaneWithoutALineOrWithOneWeight() {
        assertThatThrownBy(() -> Plane.through(START, START, new double[0][])).hasMessageContaining("different points");
        assertThatThrownBy(() -> Plane.through(new double[1], new double[] {1}, new double[0][]))
                .hasMessageContaining("two weights");
    }
}
