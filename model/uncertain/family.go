package uncertain

import (
	"fmt"
	"strings"
)

// Family names the form of a law. The comment of each family says what the
// parameters A and B and the limits Low and High of a [Law] are in it.
type Family string

const (
	// Beta is for a share or a probability. A and B are its shapes: the mean is
	// A ÷ (A + B), and counts of A events and B others give Beta(A, B).
	Beta Family = "Beta"
	// LogNormal is for a rate or a multiplier. A and B are the mean and the standard
	// deviation of its natural logarithm.
	LogNormal Family = "LogNormal"
	// Gamma is for a cost or a number of children. A is its shape and B its scale, in
	// the unit of the input: the mean is A × B.
	Gamma Family = "Gamma"
	// Normal is for what may err by as much either way. A and B are the mean and
	// standard deviation before the limits, if it has any, cut it off.
	Normal Family = "Normal"
	// Triangular rises straight from Low to A, its most likely value, and falls
	// straight to High. B is not used.
	Triangular Family = "Triangular"
	// PERT lies between Low and High and is most likely at A, which weighs four times
	// as much in its mean as each limit: (Low + 4A + High) ÷ 6. B is not used.
	PERT Family = "PERT"
	// Uniform is as likely anywhere between Low and High. A and B are not used.
	Uniform Family = "Uniform"
	// List is values with weights. A and B are not used.
	List Family = "list of values"
)

// families says what each family uses of a law.
var families = map[Family]struct {
	parameters int // A, or A and B
	limits     bool
}{
	Beta:       {2, false},
	LogNormal:  {2, false},
	Gamma:      {2, false},
	Normal:     {2, true},
	Triangular: {1, true},
	PERT:       {1, true},
	Uniform:    {0, true},
	List:       {0, false},
}

// all is the families in the order in which messages name them.
var all = []Family{Beta, LogNormal, Gamma, Normal, Triangular, PERT, Uniform, List}

// distribution is X of a law. Only check may be called on one that it refuses.
type distribution interface {
	check() error               // whether the parameters are sound
	mean() float64              //
	sd() float64                // standard deviation
	quantile(u float64) float64 // for u between 0 and 1, neither included
	above(x float64) float64    // P(X > x)
	words() string              // the law for a person
}

// fitted is a distribution that Fit searches for: its lower tail must be as exact
// as its upper.
type fitted interface{ below(x float64) float64 } // P(X ≤ x)

// smooth is a distribution that is worth a table of quantiles.
type smooth interface{ density(x float64) float64 }

// distribution returns X, or an error if the family is not one that is known.
func (l Law) distribution() (distribution, error) {
	switch l.Family {
	case Beta:
		return beta{l.A, l.B}, nil
	case LogNormal:
		return logNormal{l.A, l.B}, nil
	case Gamma:
		return gamma{l.A, l.B}, nil
	case Normal:
		return normalOf(l), nil
	case Triangular:
		return triangular{l.Low, l.A, l.High}, nil
	case PERT:
		return pertOf(l.Low, l.A, l.High), nil
	case Uniform:
		return uniform{l.Low, l.High}, nil
	case List:
		return list(l.Values), nil
	}
	return nil, l.Family.unknown()
}

// unknown is the error for a family that is not one of all.
func (f Family) unknown() error {
	if f == "" {
		return fmt.Errorf("the law has no family: give one of %s", named(all))
	}
	return fmt.Errorf("%q is no family of laws: give one of %s", string(f), named(all))
}

// named lists families.
func named(families []Family) string {
	text := make([]string, len(families))
	for i, f := range families {
		text[i] = string(f)
	}
	return strings.Join(text, ", ")
}

// a is the family with what a sentence puts round it: "a Beta law".
func (f Family) a() string {
	switch f {
	case List:
		return "a list of values"
	default:
		return "a " + string(f) + " law"
	}
}
