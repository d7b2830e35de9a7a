package uncertain

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mathext"
)

// beta is the Beta law with shapes a and b, between 0 and 1.
type beta struct{ a, b float64 }

// The shapes that are allowed. Below, nearly all of the law is closer to its ends
// than a float64 can tell; above, it takes long to find that it hardly varies.
const leastShape, mostShape = 1e-3, 1e9

// leastFitted is the least shape that Fit gives.
const leastFitted = 0.01

func (d beta) check() error {
	if !(d.a >= leastShape && d.a <= mostShape && d.b >= leastShape && d.b <= mostShape) {
		return fmt.Errorf("the parameters of a Beta law are %v and %v: each must lie between %v and %v", d.a, d.b, leastShape, mostShape)
	}
	return nil
}

func (d beta) mean() float64 { return d.a / (d.a + d.b) }

func (d beta) sd() float64 {
	n := d.a + d.b
	return math.Sqrt(d.a / n * (d.b / n) / (n + 1))
}

func (d beta) below(x float64) float64 {
	switch {
	case x <= 0:
		return 0
	case x >= 1:
		return 1
	}
	p, _ := lowerBeta(d.a, d.b, x, 1-x)
	return p
}

func (d beta) above(x float64) float64 {
	switch {
	case x <= 0:
		return 1
	case x >= 1:
		return 0
	}
	p, _ := lowerBeta(d.b, d.a, 1-x, x)
	return p
}

func (d beta) density(x float64) float64 {
	switch {
	case x < 0 || x > 1:
		return 0
	case x == 0:
		return d.b * brink(d.a)
	case x == 1:
		return d.a * brink(d.b)
	}
	return betaTerm(d.a, d.b, x, 1-x) / (x * (1 - x))
}

// brink is the density at an end with a shape, but for a factor: 0 of more than 1,
// infinite of less.
func brink(shape float64) float64 {
	switch {
	case shape > 1:
		return 0
	case shape < 1:
		return math.Inf(1)
	}
	return 1
}

func (d beta) quantile(u float64) float64 {
	if u > 0.5 {
		return 1 - beta{d.b, d.a}.lower(1-u)
	}
	return d.lower(u)
}

// lower is the quantile of a lower tail, found on the logarithm of the odds. For
// the upper tail of a law it is called on its mirror image: then what is asked
// for is exact near the other end, and so is not mixed up with rounding at 1.
func (d beta) lower(p float64) float64 {
	tail := func(t float64) (float64, float64) {
		x, y := 1/(1+math.Exp(-t)), 1/(1+math.Exp(t))
		if x <= 0 || y <= 0 {
			return indicator(t > 0), 0
		}
		return lowerBeta(d.a, d.b, x, y)
	}
	m := d.mean()
	guess := math.Log(d.a/d.b) + mathext.NormalQuantile(p)*d.sd()/(m*(1-m))
	if d.a < 1 { // F(x) is about x^a ÷ (a B(a, b)) near 0
		guess = min(guess, (math.Log(p)+math.Log(d.a)+logBeta(d.a, d.b))/d.a)
	}
	t := inverse(tail, true, p, lowest, -lowest, guess)
	return 1 / (1 + math.Exp(-t))
}

func (d beta) words() string { return fmt.Sprintf("Beta(%s, %s)", figures(d.a), figures(d.b)) }

// OfCounts returns the law of the probability of which so many events were seen
// in so many cases, and nothing else is known: 20 of 31 is Beta(20, 11), whose
// mean is 20 ÷ 31. Neither no event nor all of them has such a law.
func OfCounts(events, of float64) (Law, error) {
	seen := fmt.Sprintf("%s of %s", exact(events), exact(of))
	const instead = "give a value with a range, such as {value: 2%, range: 0 to 7%}"
	switch {
	case !finite(events, of):
		return Law{}, fmt.Errorf("%s is no count of events: give numbers", seen)
	case of <= 0:
		return Law{}, fmt.Errorf("%s is no count of events: the number of cases must be above 0", seen)
	case events < 0 || events > of:
		return Law{}, fmt.Errorf("%s is no count of events: the first must lie between 0 and the second", seen)
	case events == 0:
		return Law{}, fmt.Errorf("%s has no Beta law: that no event was seen does not say how rare it is; %s", seen, instead)
	case events == of:
		return Law{}, fmt.Errorf("%s has no Beta law: that all were events does not say how rare the others are; give a value with a range, such as {value: 98%%, range: 93 to 100%%}", seen)
	}
	l := Law{Family: Beta, A: events, B: of - events}
	if err := l.Check(); err != nil {
		return Law{}, fmt.Errorf("%s: %w", seen, err)
	}
	return l, nil
}

// fitBeta searches the Beta laws with a mean by their spread: A + B falls from
// what makes them narrow to what makes the smaller shape leastFitted.
func fitBeta(mean, low, high float64) (Law, error) {
	if low < 0 || high > 1 {
		return Law{}, fmt.Errorf("a range of %s to %s: a Beta law lies between 0 and 1, so both ends must", exact(low), exact(high))
	}
	if mean <= 0 || mean >= 1 {
		return Law{}, fmt.Errorf("a mean of %s has no Beta law: it must lie between 0 and 1, neither included; to be sure of it, give no range", exact(mean))
	}
	if low == 0 && high == 1 {
		return Law{}, fmt.Errorf("all of every Beta law lies between 0 and 1, not 90%%: bring one end nearer the mean, or take a Uniform law with these limits")
	}
	spread := narrowest(mean, low, high)
	size := min(mean*(1-mean)/(spread*spread), mostShape/2)
	return curve{
		Beta, mean, low, high,
		func(s float64) Law {
			size := math.Exp(-s)
			return Law{Family: Beta, A: size * mean, B: size * (1 - mean)}
		},
		-math.Log(size), -math.Log(leastFitted / min(mean, 1-mean)), 0, 1,
	}.fit()
}
