package uncertain

import (
	"fmt"
	"math"
)

// WithLimits cuts a Normal law off at limits so that its mean stays, and 90% lies
// where it did. Cutting off moves both, so the mean and the standard deviation
// before the cut (A and B) are solved for anew. The limits lie at or beyond the ends
// of the 90%; either may be infinite, for no limit on that side. The error says
// why there is no such law.
func (l Law) WithLimits(low, high float64) (Law, error) {
	switch {
	case l.Family != Normal:
		return Law{}, fmt.Errorf("%s takes no limits: only a Normal law can be cut off", l.Family.a())
	case l.Low != 0 || l.High != 0:
		return Law{}, fmt.Errorf("the Normal law has limits: start from one without")
	}
	if err := l.Check(); err != nil {
		return Law{}, err
	}
	from, to := tidy(l.Quantile(0.05), l.B), tidy(l.Quantile(0.95), l.B) // as they were stated
	slack := 1e-9 * (to - from)
	switch {
	case !(low < high):
		return Law{}, fmt.Errorf("the limits are %s and %s: the low one must be below the high one", exact(low), exact(high))
	case low > from+slack || high < to-slack:
		return Law{}, fmt.Errorf("the limits %s and %s cut into the range of %s to %s, which is to hold 90%%: move the limits out",
			exact(low), exact(high), figures(from), figures(to))
	}
	return cutOff(l.A, from, to, low, high)
}

// tidy takes off a figure of a law what rounding has put on it: what is 13 digits
// below the standard deviation.
func tidy(x, sd float64) float64 {
	unit := math.Pow(10, math.Floor(math.Log10(sd))-12)
	if rounded := math.Round(x/unit) * unit; unit > 0 && finite(rounded) {
		return rounded
	}
	return x
}

// cutOff searches the Normal laws between limits that have a mean by their spread
// before they are cut off.
func cutOff(mean, from, to, low, high float64) (Law, error) {
	width := min(high-low, 1e3*(to-from))
	cut, err := curve{
		Normal, mean, from, to,
		func(s float64) Law { return centred(mean, math.Exp(s), low, high) },
		math.Log(narrowest(mean, from, to)), math.Log(5 * width), low, high,
	}.fit()
	if err != nil {
		return Law{}, fmt.Errorf("cut off at %s and %s: %w, or move the limits out", exact(low), exact(high), err)
	}
	return cut, nil
}

// centred is the Normal law with a standard deviation, cut off at limits, whose
// mean is where it is wanted: the higher before the cut, the higher after it. Where
// that would need a mean before the cut more than 30 standard deviations outside
// the limits, what is returned is not sound.
func centred(mean, sigma, low, high float64) Law {
	l := Law{Family: Normal, B: sigma, Low: clamp(low), High: clamp(high)}
	off := func(mu float64) float64 {
		l.A = mu
		return normalOf(l).mean() - mean
	}
	least, most := max(low, mean-40*sigma)-30*sigma, min(high, mean+40*sigma)+30*sigma
	if off(least) < 0 && off(most) > 0 {
		l.A = root(off, least, most)
		return l
	}
	return Law{Family: Normal}
}
