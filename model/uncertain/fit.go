package uncertain

import (
	"fmt"
	"math"
	"strings"
)

// inRange is the probability of a range, and leastTail the least that must lie
// beyond each of its ends, unless the law cannot pass that end at all. With
// less, the end would say nothing: "0.5, from 0.49 to 0.99" has a Beta law with
// 10% below 0.49, but that law has a standard deviation of 0.008 and never comes
// near 0.99.
const inRange, leastTail = 0.90, 0.001

// Fit returns the law of a family that has a mean and a range.
//
// For a Beta, LogNormal or Gamma the mean is what it is told and 90% lies between
// low and high, both included; how the other 10% is shared between the two tails
// follows from the family. Low may be 0, and for a Beta high may be 1, which
// leaves 10% beyond the other end. Of several such laws it is the one with the
// smallest variance, of those with at least 1 in 1,000 beyond either end. A
// Normal has 5% beyond either end, so its mean is the middle of its range; see
// [Law.WithLimits] for limits.
//
// A Triangular, PERT or Uniform has low and high as limits, not as ends of 90%:
// nothing lies beyond. The mean then decides the most likely value of a Triangular or
// PERT; that of a Uniform must be the middle.
//
// The error says why there is no such law, and what to change. The 90% and the
// mean are exact to about 12 digits.
func Fit(f Family, mean, low, high float64) (Law, error) {
	if _, known := families[f]; !known {
		return Law{}, f.unknown()
	}
	if err := ordered(mean, low, high); err != nil {
		return Law{}, err
	}
	switch f {
	case Beta:
		return fitBeta(mean, low, high)
	case LogNormal:
		return fitLogNormal(mean, low, high)
	case Gamma:
		return fitGamma(mean, low, high)
	case Normal:
		return fitNormal(mean, low, high)
	case Triangular:
		return fitTriangular(mean, low, high)
	case PERT:
		return fitPERT(mean, low, high)
	case Uniform:
		return fitUniform(mean, low, high)
	}
	return Law{}, fmt.Errorf("a list of values has no range: give its values with their weights")
}

// ordered returns an error unless low < high with the mean between them.
func ordered(mean, low, high float64) error {
	switch {
	case !finite(mean, low, high, high-low):
		return fmt.Errorf("a mean of %s with a range of %s to %s: all three must be numbers", exact(mean), exact(low), exact(high))
	case !(low < high):
		return fmt.Errorf("a range of %s to %s: the low end must be below the high end", exact(low), exact(high))
	case mean < low || mean > high:
		return fmt.Errorf("a mean of %s is not in its range of %s to %s: move the mean or the ends", exact(mean), exact(low), exact(high))
	}
	return nil
}

// curve is the laws of a family that have a mean, from those that hardly vary to
// those that vary most.
type curve struct {
	family          Family
	mean, low, high float64
	at              func(s float64) Law // s is the logarithm of a measure of spread
	from, to        float64             // s
	lowest, highest float64             // what the family cannot pass
}

// narrowest is the spread from which a curve is searched: no law with a smaller
// standard deviation has 10% beyond one end and leastTail beyond the other
// (Cantelli's inequality), or 10% beyond the only end that it can pass.
func narrowest(mean, low, high float64) float64 {
	spread := (high - low) / 64
	for _, distance := range []float64{mean - low, high - mean} {
		if distance > 0 {
			spread = min(spread, distance/8)
		}
	}
	return spread
}

// inside is the probability between the ends, both included.
func (c curve) inside(l Law) float64 { return 1 - l.below(c.low) - l.Above(c.high) }

// fit returns the first law on the curve that has 90% between the ends, and
// something beyond either of them.
func (c curve) fit() (Law, error) {
	found := crossings(c.off, c.from, c.to)
	for _, s := range found {
		if l := c.at(s); c.bothEnds(l) && c.asked(l) {
			return l, nil
		}
	}
	return Law{}, c.none(found)
}

// bothEnds says that neither end is so far out that it says nothing.
func (c curve) bothEnds(l Law) bool {
	return (c.low <= c.lowest || l.below(c.low) >= leastTail) && (c.high >= c.highest || l.Above(c.high) >= leastTail)
}

// asked says that a law is what was asked for, whatever rounding has done.
func (c curve) asked(l Law) bool {
	return l.Check() == nil &&
		math.Abs(c.inside(l)-inRange) <= 1e-6 &&
		math.Abs(l.Mean()-c.mean) <= 1e-9*max(math.Abs(c.mean), c.high-c.low)
}

// none is the error where no law on the curve will do.
func (c curve) none(found []float64) error {
	mean, ends := exact(c.mean), exact(c.low)+" to "+exact(c.high)
	if len(found) > 0 {
		end := "below " + exact(c.low)
		if c.low <= c.lowest || c.at(found[0]).below(c.low) >= leastTail {
			end = "above " + exact(c.high)
		}
		return fmt.Errorf("with a mean of %s, a %s law that has 90%% in %s has less than 1 in 1,000 %s, so that this end would say nothing: %s",
			mean, c.family, ends, end, c.remedy("bring it nearer the mean"))
	}
	what := fmt.Sprintf("with a mean of %s, no %s law has 90%% in %s", mean, c.family, ends)
	nearest := c.nearest()
	switch {
	case math.IsNaN(nearest):
		return fmt.Errorf("%s that can be reckoned with: its numbers are too large or too small; write them in another unit, or move the ends nearer the mean", what)
	case nearest < inRange:
		return fmt.Errorf("%s: it has %s at most, because the mean is so near an end; %s", what, part(nearest), c.remedy("widen the range"))
	}
	return fmt.Errorf("%s: it has %s at least, because the range is so wide for the mean; %s", what, part(nearest), c.remedy("narrow the range"))
}

// off is how much more than 90% lies between the ends.
func (c curve) off(s float64) float64 { return c.inside(c.at(s)) - inRange }

// nearest is the probability between the ends that is nearest to 90% on a curve
// that does not pass through it.
func (c curve) nearest() float64 {
	step := (c.to - c.from) / steps
	best, at := math.Inf(1), c.from
	for i := range steps + 1 {
		s := c.from + float64(i)*step
		if y := math.Abs(c.off(s)); y < best {
			best, at = y, s
		}
	}
	turn := turning(c.off, max(c.from, at-step), min(c.to, at+step), c.off(at))
	if y := c.off(turn); math.Abs(y) < best {
		at = turn
	}
	return c.inside(c.at(at))
}

// part writes a probability that is not 90% so that it does not read as 90%.
func part(p float64) string {
	if text := figures(100*p) + "%"; text != "90%" {
		return text
	}
	return exact(math.Round(p*1e9)/1e7) + "%"
}

// remedy says which ends would go with the mean: for each end, the other one that
// leaves 5% beyond both. Where there is none it says otherwise.
func (c curve) remedy(otherwise string) string {
	offers := c.offers()
	if len(offers) == 0 {
		return otherwise + " or move the mean"
	}
	return "take " + strings.Join(offers, " or ") + ", or move the mean"
}

// offers are the ranges that remedy speaks of. A Normal has none: it was to have
// the mean in the middle.
func (c curve) offers() (offers []string) {
	const half = (1 - inRange) / 2
	first := func(tail func(Law) float64) (Law, bool) {
		for _, s := range crossings(func(s float64) float64 { return tail(c.at(s)) - half }, c.from, c.to) {
			if l := c.at(s); l.Check() == nil {
				return l, true
			}
		}
		return Law{}, false
	}
	if c.family == Normal {
		return nil
	}
	if l, ok := first(func(l Law) float64 { return l.below(c.low) }); ok && l.Quantile(1-half) < c.highest {
		offers = append(offers, exact(c.low)+" to "+figures(l.Quantile(1-half)))
	}
	if l, ok := first(func(l Law) float64 { return l.Above(c.high) }); ok && l.Quantile(half) > c.lowest && (c.family == Beta || l.Quantile(half) > c.mean/1000) {
		offers = append(offers, figures(l.Quantile(half))+" to "+exact(c.high))
	}
	return offers
}
