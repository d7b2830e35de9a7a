package uncertain

import (
	"fmt"
	"math"
)

// Law is how an input that is not known exactly varies: a family and its
// parameters. The input is
//
//	Shift + Scale × X
//
// with X of the family. A law is plain data, which travels in JSON and is made by
// [Fit], [OfCounts] or [OfList], or written out. The zero value is no law. What a
// family does not use must be 0; [Law.Check] says whether a law is sound, and the
// figures of one that is not are NaN.
type Law struct {
	// Family is the family of X.
	Family Family `json:"family"`
	// A and B are the parameters of X: see [Family].
	A float64 `json:"a,omitzero"`
	B float64 `json:"b,omitzero"`
	// Low and High are the limits of X, which it never passes: of a Normal,
	// Triangular, PERT or Uniform law. A Normal with 0 for both has no limits.
	Low  float64 `json:"low,omitzero"`
	High float64 `json:"high,omitzero"`
	// Values are what X can be, in ascending order: of a list.
	Values []Weighted `json:"values,omitzero"`
	// Scale is what X is multiplied by, above 0; 0 stands for 1. Only a Beta, which
	// lies between 0 and 1, needs it: other families are scaled by their parameters.
	Scale float64 `json:"scale,omitzero"`
	// Shift is what is added. A Beta, LogNormal or Gamma, which start at 0, needs it.
	Shift float64 `json:"shift,omitzero"`
}

// Check returns an error if the law is not sound: no family or an unknown one,
// parameters out of what the family allows, limits out of order, weights that do
// not add to 1, a figure that the family does not use, or one that is no number.
func (l Law) Check() error {
	if _, err := l.sound(); err != nil {
		return err
	}
	if !finite(l.Mean(), l.SD()) {
		return fmt.Errorf("the figures of %s are too large to reckon with", l.Family.a())
	}
	return nil
}

// checked is the law if it is sound.
func checked(l Law) (Law, error) {
	if err := l.Check(); err != nil {
		return Law{}, err
	}
	return l, nil
}

// Mean is the mean of the law.
func (l Law) Mean() float64 { return l.figure(distribution.mean, 1) }

// SD is the standard deviation of the law.
func (l Law) SD() float64 { return l.figure(distribution.sd, 0) }

// Range returns the ends of the middle 90% of the law: its 5% and 95% quantiles.
// They are the ends that [Fit] was given only if its tails came out equal.
func (l Law) Range() (low, high float64) { return l.Quantile(0.05), l.Quantile(0.95) }

// Quantile returns the value that the input does not exceed with probability u,
// which lies between 0 and 1, neither included; elsewhere it is NaN. It never
// falls as u rises, rounding of the last digit aside.
func (l Law) Quantile(u float64) float64 {
	if !(u > 0 && u < 1) {
		return math.NaN()
	}
	return l.figure(func(x distribution) float64 { return x.quantile(u) }, 1)
}

// Above returns the probability that the input is above x. It is as exact in the
// far tail as elsewhere: one in a million million is not lost in what 1 is
// rounded to.
func (l Law) Above(x float64) float64 { return l.tail(x, distribution.above) }

// below is the probability that the input is at most x, as exact as Above; of a
// family that is not fitted it is NaN.
func (l Law) below(x float64) float64 {
	return l.tail(x, func(d distribution, x float64) float64 {
		if f, ok := d.(fitted); ok {
			return f.below(x)
		}
		return math.NaN()
	})
}

// tail is a probability of X beyond x.
func (l Law) tail(x float64, of func(distribution, float64) float64) float64 {
	d, err := l.sound()
	if err != nil || math.IsNaN(x) {
		return math.NaN()
	}
	return of(d, (x-l.Shift)/l.scale())
}

// figure is a figure of X, scaled, and shifted so many times.
func (l Law) figure(of func(distribution) float64, shifts float64) float64 {
	d, err := l.sound()
	if err != nil {
		return math.NaN()
	}
	return shifts*l.Shift + l.scale()*of(d)
}

// sound is the distribution of X, or an error if the law is not sound.
func (l Law) sound() (distribution, error) {
	d, err := l.distribution()
	if err != nil {
		return nil, err
	}
	if err := l.unused(); err != nil {
		return nil, err
	}
	if err := d.check(); err != nil {
		return nil, err
	}
	if s := l.scale(); !(s > 0) || math.IsInf(s, 0) {
		return nil, fmt.Errorf("%s is scaled by %v: that must be above 0 (or 0, for 1)", l.Family.a(), l.Scale)
	}
	if !finite(l.Shift) {
		return nil, fmt.Errorf("%s is shifted by %v: give a number", l.Family.a(), l.Shift)
	}
	return d, nil
}

// scale is what X is multiplied by.
func (l Law) scale() float64 {
	if l.Scale == 0 {
		return 1
	}
	return l.Scale
}

// unused returns an error for a figure that the family does not use.
func (l Law) unused() error {
	uses := families[l.Family]
	switch {
	case (l.A != 0 && uses.parameters < 1) || (l.B != 0 && uses.parameters < 2):
		return fmt.Errorf("%s takes %d of the parameters a and b, not a = %v and b = %v", l.Family.a(), uses.parameters, l.A, l.B)
	case (l.Low != 0 || l.High != 0) && !uses.limits:
		return fmt.Errorf("%s takes no limits: leave out low and high, or take a Normal law", l.Family.a())
	case len(l.Values) > 0 && l.Family != List:
		return fmt.Errorf("%s takes no values: leave them out, or make the family %q", l.Family.a(), List)
	}
	return nil
}

// Times returns the law of factor × the input. The factor is above 0; with any
// other the law is one that [Law.Check] refuses.
func (l Law) Times(factor float64) Law {
	if !(factor > 0) || math.IsInf(factor, 0) {
		l.Scale = math.NaN()
		return l
	}
	l.Shift *= factor
	switch l.Family {
	case LogNormal:
		l.A += math.Log(factor)
	case Gamma:
		l.B *= factor
	case Normal:
		l.A, l.B, l.Low, l.High = l.A*factor, l.B*factor, scaled(l.Low, factor), scaled(l.High, factor)
	case Triangular, PERT, Uniform:
		l.A, l.Low, l.High = l.A*factor, l.Low*factor, l.High*factor
	case List:
		l.Values = each(l.Values, func(v float64) float64 { return factor * v })
	default:
		if l.Scale = l.scale() * factor; l.Scale == 1 {
			l.Scale = 0
		}
	}
	return l
}

// Plus returns the law of the input + by.
func (l Law) Plus(by float64) Law {
	if l.scale() != 1 || l.Shift != 0 || math.IsNaN(by) || math.IsInf(by, 0) {
		l.Shift += by
		return l
	}
	switch l.Family {
	case Normal:
		if l.Low != 0 || l.High != 0 {
			l.Low, l.High = shifted(l.Low, by), shifted(l.High, by)
		}
		l.A += by
	case Triangular, PERT:
		l.A, l.Low, l.High = l.A+by, l.Low+by, l.High+by
	case Uniform:
		l.Low, l.High = l.Low+by, l.High+by
	case List:
		l.Values = each(l.Values, func(v float64) float64 { return v + by })
	default:
		l.Shift += by
	}
	return l
}

// finite says that all are numbers, none of them infinite.
func finite(all ...float64) bool {
	for _, x := range all {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return false
		}
	}
	return true
}
